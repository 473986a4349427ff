package dev.whence.indexer;

import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the version with which something ends that never comes back, by halving the chain.
 * Thread-safe.
 */
final class ChainEnds {
    private final VersionChain versions;

    ChainEnds(VersionChain versions) {
        this.versions = versions;
    }

    /**
     * The first version without it; empty while there is none, or if it was not there to begin
     * with.
     *
     * @param begin a version that has it, if it ever was
     * @param has whether a version has it
     */
    Optional<Version> firstWithout(long begin, Predicate<Version> has) throws IOException {
        Optional<Version> first = versions.read(begin);
        if (first.isEmpty() || !has.test(first.get())) {
            return Optional.empty();
        }
        Version with = first.get();
        Version without = versions.latest().orElse(with);
        if (has.test(without)) {
            return Optional.empty();
        }
        while (without.number() - with.number() > 1) {
            Version middle = version((with.number() + without.number()) / 2);
            if (has.test(middle)) {
                with = middle;
            } else {
                without = middle;
            }
        }
        return Optional.of(without);
    }

    private Version version(long number) throws IOException {
        return versions.read(number)
                .orElseThrow(() ->
                        new IOException("version %d is missing in the chain".formatted(number)));
    }
}
