package dev.whence.benchmarks.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What all contestants start from: a base of rows in files of equal row counts, sorted by the key
 * over all of them, and the source of each change. The same numbers give the same bytes.
 *
 * @param directory {@code base/*.parquet} and a file for each change
 * @param base its files, in the order of their rows
 */
record MergeData(Path directory, List<Path> base, long rows, Map<MergeChange, Long> sourceRows) {
    private static final long SEED = 20_260_101;

    static MergeData generate(Path directory, int rows, int files) throws IOException {
        var domains = new MergeDomains(rows, SEED);
        var changes = new Changes(domains.cluster(rows / 100));
        try (var base = new Base(directory.resolve("base"), rows, files)) {
            for (MergeDomains.Domain domain : domains.sorted()) {
                for (MergeRow row : domains.rows(domain)) {
                    base.write(row);
                    changes.see(row);
                }
            }
            return new MergeData(
                    directory, List.copyOf(base.files), rows, changes.write(directory));
        }
    }

    /** Of the base. */
    long bytes() throws IOException {
        long bytes = 0;
        for (Path file : base) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    Path source(MergeChange change) {
        return change.source(directory);
    }

    /** A copy of the base's files of a contestant's own. */
    List<Path> copyBase(Path target) throws IOException {
        Files.createDirectories(target);
        var copies = new ArrayList<Path>();
        for (Path file : base) {
            copies.add(Files.copy(file, target.resolve(file.getFileName())));
        }
        return copies;
    }

    /** The files of the base, one after the other. */
    private static final class Base implements AutoCloseable {
        private final Path directory;
        private final long rows;
        private final int fileCount;
        private final List<Path> files = new ArrayList<>();
        private long written;
        private @Nullable MergeRowFile current;

        Base(Path directory, long rows, int fileCount) throws IOException {
            this.directory = Files.createDirectories(directory);
            this.rows = rows;
            this.fileCount = fileCount;
        }

        void write(MergeRow row) throws IOException {
            MergeRowFile file = current;
            if (file == null) {
                Path path = directory.resolve("part-%05d.parquet".formatted(files.size()));
                files.add(path);
                file = new MergeRowFile(path);
                current = file;
            }
            file.write(row);
            written++;
            if (written * fileCount / rows == files.size()) {
                close();
            }
        }

        @Override
        public void close() throws IOException {
            if (current != null) {
                current.close();
                current = null;
            }
        }
    }

    /** Which rows each change takes; decided by chance as they go by. */
    private static final class Changes {
        private static final long DAY_MICROS = 86_400_000_000L;

        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Set<String> cluster;
        private final Map<MergeChange, List<MergeRow>> taken = new EnumMap<>(MergeChange.class);

        Changes(Set<String> cluster) {
            this.cluster = cluster;
        }

        void see(MergeRow row) {
            if (random.nextInt(100) == 0) {
                take(MergeChange.UNIFORM_UPDATES, again(row));
            }
            if (cluster.contains(row.domain())) {
                take(MergeChange.CLUSTERED_UPDATES, again(row));
            }
            if (random.nextInt(100) == 0) {
                take(MergeChange.INSERTS, other(row));
            }
            if (random.nextInt(1_000) == 0) {
                take(MergeChange.DELETES, row);
            }
        }

        Map<MergeChange, Long> write(Path directory) throws IOException {
            var rows = new EnumMap<MergeChange, Long>(MergeChange.class);
            for (var change : taken.entrySet()) {
                Collections.shuffle(change.getValue(), new Random(SEED));
                try (var file = new MergeRowFile(change.getKey().source(directory))) {
                    for (MergeRow row : change.getValue()) {
                        file.write(row);
                    }
                    rows.put(change.getKey(), file.rows());
                }
            }
            return rows;
        }

        private void take(MergeChange change, MergeRow row) {
            taken.computeIfAbsent(change, none -> new ArrayList<>()).add(row);
        }

        private MergeRow again(MergeRow row) {
            return row.crawledAgain(
                    (1 + random.nextInt(1_000)) * DAY_MICROS, 200, MergeDomains.digest(random));
        }

        /** A URL beside this one that the base does not have: no path there ends so. */
        private MergeRow other(MergeRow row) {
            return new MergeRow(
                    row.domain(),
                    row.host(),
                    row.pathQuery() + "/amp",
                    row.scheme(),
                    random.nextLong(),
                    row.tsMicros(),
                    200,
                    MergeDomains.digest(random));
        }
    }
}
