package dev.whence.catalog;

import dev.whence.catalog.Instruction.Kind;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the indexer, as the chain {@code index/instructions/{n}.json} beginning with 1.
 * Thread-safe.
 */
public final class InstructionLog {
    private final NumberedChain<Instruction> chain;

    public InstructionLog(ObjectStore store) {
        this.chain = new NumberedChain<>(store, "index/instructions/", Instruction.class);
    }

    /** The instruction of that number, if it has been given. */
    public Optional<Instruction> read(long number) throws IOException {
        Optional<Instruction> found = chain.read(number);
        if (found.isPresent() && found.get().number() != number) {
            throw new CorruptCatalogException(
                    chain.key(number), "holds instruction " + found.get().number(), null);
        }
        return found;
    }

    /**
     * Gives an instruction: it gets the next number.
     *
     * @param after the last number that is known to be given
     */
    public Instruction give(
            long after,
            Kind kind,
            long version,
            @Nullable Integer datasetId,
            String reason,
            FreshId ids,
            Clock clock)
            throws IOException {
        for (long number = after + 1; ; number++) {
            var proposed =
                    new Instruction(
                            CatalogJson.FORMAT,
                            number,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS),
                            ids.next(),
                            kind,
                            version,
                            datasetId,
                            reason);
            if (chain.commit(number, proposed) instanceof Commit.Done<Instruction>(var ours)) {
                return ours;
            }
        }
    }
}
