package dev.whence.merge.directory;

import dev.whence.merge.MergeCounts;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One numbered change of a table. {@code kept} and {@code added} together are all its live files.
 *
 * @param number 1 for the first
 * @param mergeId a fresh id of this very change: 32 hex digits
 * @param operation what it was, for people
 * @param counts of its rows; null if it looked at none
 * @param adopted paths, kept ones, of files that another program put in since the commit before
 * @param swept ids of merges that shall never commit: their staged files are deleted
 */
public record TableCommit(
        int format,
        long number,
        String mergeId,
        String operation,
        Instant committedAt,
        Reads read,
        @Nullable MergeCounts counts,
        List<Added> added,
        List<Removed> removed,
        List<String> adopted,
        List<String> swept,
        List<TableFile> kept) {
    static final int FORMAT = 1;

    /**
     * A new file.
     *
     * @param staged where it lies until it is copied to its place
     */
    public record Added(String path, long bytes, long rows, int crc32c, String staged) {
        public Added {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(staged, "staged");
        }

        TableFile file() {
            return new TableFile(path, bytes, rows, crc32c);
        }
    }

    /**
     * A file that is no longer data.
     *
     * @param replaced where it is moved to
     */
    public record Removed(String path, long bytes, String replaced) {
        public Removed {
            Objects.requireNonNull(path, "path");
            Objects.requireNonNull(replaced, "replaced");
        }
    }

    public TableCommit {
        Objects.requireNonNull(mergeId, "merge_id");
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(committedAt, "committed_at");
        Objects.requireNonNull(read, "read");
        added = List.copyOf(added);
        removed = List.copyOf(removed);
        adopted = List.copyOf(adopted);
        swept = List.copyOf(swept);
        kept = List.copyOf(kept);
    }

    /** Every path that it names. */
    List<String> paths() {
        return Stream.of(
                        live().stream().map(TableFile::path),
                        removed.stream().map(Removed::path),
                        added.stream().map(Added::staged),
                        removed.stream().map(Removed::replaced))
                .flatMap(paths -> paths)
                .toList();
    }

    /** All files of the table, those that were there before first. */
    public List<TableFile> live() {
        return Stream.concat(kept.stream(), added.stream().map(Added::file)).toList();
    }
}
