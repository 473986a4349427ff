package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.lake.DomainRun;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * A file of the base that the next version does not hold any more, and how many rows it held of
 * each domain. Domains are kept as their ordinals, 12 bytes for each run: whole datasets go this
 * way. Immutable.
 */
final class RemovedFile {
    private final LakeFile file;
    private final int[] ordinals;
    private final long[] rows;

    private RemovedFile(LakeFile file, int[] ordinals, long[] rows) {
        this.file = file;
        this.ordinals = ordinals;
        this.rows = rows;
    }

    /** What is said of each run. */
    interface Visitor {
        void visit(int ordinal, long rows);
    }

    /** Reads the domain columns of some files of the base, side by side. */
    static List<RemovedFile> read(ObjectStore store, IndexSnapshot base, List<LakeFile> files)
            throws IOException {
        var reads = new ArrayList<Callable<RemovedFile>>();
        files.forEach(file -> reads.add(() -> read(store, base, file)));
        return SideBySide.run(SideBySide.READS, reads);
    }

    private static RemovedFile read(ObjectStore store, IndexSnapshot base, LakeFile file)
            throws IOException {
        var runs = new Runs(file, base);
        UrlFile.open(store, file.key(), file.bytes()).domainRuns(runs::add);
        RemovedFile removed = runs.build();
        long found = Arrays.stream(removed.rows).sum();
        if (found != file.rows()) {
            throw new CorruptUrlFileException(
                    file.key(),
                    "expected %d rows, as the index has it, found %d".formatted(file.rows(), found),
                    null);
        }
        return removed;
    }

    LakeFile file() {
        return file;
    }

    /** How many runs of a domain it held. */
    int runs() {
        return ordinals.length;
    }

    int ordinal(int run) {
        return ordinals[run];
    }

    void forEach(Visitor visitor) {
        for (int run = 0; run < ordinals.length; run++) {
            visitor.visit(ordinals[run], rows[run]);
        }
    }

    private static final class Runs {
        private final LakeFile file;
        private final IndexSnapshot base;
        private int[] ordinals = new int[64];
        private long[] rows = new long[64];
        private int size;

        Runs(LakeFile file, IndexSnapshot base) {
            this.file = file;
            this.base = base;
        }

        void add(DomainRun run) {
            int ordinal = base.ordinalOf(run.domain());
            if (ordinal < 0) {
                throw new IllegalStateException(
                        "%s holds %s, which the index does not know"
                                .formatted(file.key(), run.domain()));
            }
            if (size == ordinals.length) {
                ordinals = Arrays.copyOf(ordinals, 2 * size);
                rows = Arrays.copyOf(rows, 2 * size);
            }
            ordinals[size] = ordinal;
            rows[size++] = run.rows();
        }

        RemovedFile build() {
            return new RemovedFile(file, Arrays.copyOf(ordinals, size), Arrays.copyOf(rows, size));
        }
    }
}
