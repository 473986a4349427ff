package dev.whence.merge.maintain;

import java.util.List;

/**
 * Which files would lose rows, to be read by people and programs. Immutable.
 *
 * @param keyColumns of which one row each is left
 * @param rows of the table
 * @param duplicates those of them that would go
 * @param files of the table, in its order
 */
public record DeduplicationPlan(
        List<String> keyColumns, long rows, long duplicates, List<File> files) {

    /**
     * One file.
     *
     * @param duplicates rows of it that would go; without one it stays untouched
     */
    public record File(String key, long rows, long duplicates, long bytes) {}

    public DeduplicationPlan {
        keyColumns = List.copyOf(keyColumns);
        files = List.copyOf(files);
    }

    /** Whether no key stands twice. */
    public boolean changesNothing() {
        return duplicates == 0;
    }

    @Override
    public String toString() {
        List<File> losing = files.stream().filter(file -> file.duplicates() > 0).toList();
        var text = new StringBuilder();
        text.append(
                "one row of each %s: of %,d rows %,d go, from %,d of %,d files, %,d bytes\n"
                        .formatted(
                                String.join(", ", keyColumns),
                                rows,
                                duplicates,
                                losing.size(),
                                files.size(),
                                losing.stream().mapToLong(File::bytes).sum()));
        for (File file : losing) {
            text.append(
                    "affected %s: %,d of %,d rows go\n"
                            .formatted(file.key(), file.duplicates(), file.rows()));
        }
        return text.toString();
    }
}
