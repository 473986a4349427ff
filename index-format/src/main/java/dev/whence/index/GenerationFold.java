package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Folds adjacent generations into one: their sorted domains run together, and the ordinals that no
 * longer follow that order go into their own file.
 */
final class GenerationFold {

    /** How many blocks a merged generation's code is learned from. */
    private static final int SAMPLED_BLOCKS = 1024;

    private GenerationFold() {}

    static List<BlockFile> fold(
            Path directory, List<Path> adjacent, LookupFiles lookup, FoldProgress progress)
            throws IOException {
        try (Arena arena = Arena.ofShared()) {
            List<Generation> generations = new ArrayList<>();
            for (Path path : adjacent) {
                generations.add(Generation.open(path, arena));
            }
            int domains = checkAdjacent(generations);
            UrlProfile profile =
                    MergedProfile.of(generations.stream().map(g -> g.dictionary().file()).toList());
            BlockDirectory.create(directory);
            List<BlockFile> files =
                    write(directory, generations, domains, profile, lookup, progress);
            BlockDirectory.sync(directory);
            return files;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static List<BlockFile> write(
            Path directory,
            List<Generation> generations,
            int domains,
            UrlProfile profile,
            LookupFiles lookup,
            FoldProgress progress)
            throws IOException {
        int firstOrdinal = generations.getFirst().firstOrdinal();
        SuffixCode code = code(generations, domains);
        try (GenerationOutput out =
                        new GenerationOutput(directory, profile, firstOrdinal, code, lookup);
                OrdinalsWriter ordinals =
                        new OrdinalsWriter(
                                directory,
                                out.envelope(IndexFormat.ORDINALS),
                                codes(generations, domains))) {
            PriorityQueue<Head> heads = new PriorityQueue<>(Head.ORDER);
            for (Generation generation : generations) {
                Head.of(generation, heads);
            }
            while (!heads.isEmpty()) {
                if (out.domains() % FoldProgress.STEP == 0) {
                    progress.at(out.domains(), domains);
                }
                Head least = heads.remove();
                add(ordinals, out, least, firstOrdinal);
                if (least.advance()) {
                    heads.add(least);
                }
            }
            return out.finish(Optional.of(ordinals.finish()));
        }
    }

    private static OrdinalCodes codes(List<Generation> generations, int domains) {
        int firstOrdinal = generations.getFirst().firstOrdinal();
        List<OrdinalRun> runs = new ArrayList<>();
        for (Generation generation : generations) {
            generation.runs().forEach(run -> runs.add(run.from(-firstOrdinal)));
        }
        return OrdinalCodes.choose(domains, runs);
    }

    /** A code for all of them, from blocks that lie evenly among theirs. */
    private static SuffixCode code(List<Generation> generations, int domains) {
        SuffixTraining training = new SuffixTraining();
        int step =
                Math.max(1, domains / SAMPLED_BLOCKS / DictionaryWriter.BLOCK_DOMAINS)
                        * DictionaryWriter.BLOCK_DOMAINS;
        for (Generation generation : generations) {
            Dictionary dictionary = generation.dictionary();
            for (long rank = 0; rank < dictionary.domains(); rank += step) {
                training.skip();
                Dictionary.Cursor cursor = dictionary.cursor((int) rank);
                for (int i = 0; i < DictionaryWriter.BLOCK_DOMAINS && cursor.next(); i++) {
                    training.offer(cursor.domain());
                }
            }
        }
        return training.code(domains);
    }

    private static void add(
            OrdinalsWriter ordinals, GenerationOutput out, Head least, int firstOrdinal)
            throws IOException {
        try {
            ordinals.add(least.ordinal() - firstOrdinal);
            out.add(new DomainKey(least.domain));
        } catch (IllegalArgumentException e) {
            throw new CorruptIndexFileException(
                    least.generation.dictionary().file().name(),
                    "domains or ordinals out of order, or in two generations: " + e.getMessage());
        }
    }

    private static int checkAdjacent(List<Generation> generations) {
        if (generations.isEmpty()) {
            throw new IllegalArgumentException("No generations to merge");
        }
        int next = generations.getFirst().firstOrdinal();
        for (Generation generation : generations) {
            if (generation.firstOrdinal() != next) {
                throw new IllegalArgumentException(
                        "%s begins at ordinal %d; the generation before ends at %d"
                                .formatted(
                                        generation.dictionary().file().name(),
                                        generation.firstOrdinal(),
                                        next));
            }
            next = generation.endOrdinal();
        }
        return next - generations.getFirst().firstOrdinal();
    }

    /** A generation's place in the merge. */
    private static final class Head {
        static final Comparator<Head> ORDER = (a, b) -> Arrays.compareUnsigned(a.domain, b.domain);

        final Generation generation;
        private final Dictionary.Cursor cursor;
        byte[] domain = new byte[0];

        private Head(Generation generation) {
            this.generation = generation;
            this.cursor = generation.dictionary().cursor(0);
        }

        static void of(Generation generation, PriorityQueue<Head> heads) {
            Head head = new Head(generation);
            if (head.advance()) {
                heads.add(head);
            }
        }

        boolean advance() {
            if (!cursor.next()) {
                return false;
            }
            domain = cursor.domain();
            return true;
        }

        int ordinal() {
            return generation.ordinalOf(cursor.rank());
        }
    }
}
