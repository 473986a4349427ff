package dev.whence.benchmarks.merge;

import dev.whence.benchmarks.DuckDb;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Sees that all contestants end with the same rows: figures of different answers are worthless. */
final class MergeJudge {

    private MergeJudge() {}

    /** Count and hashes over all columns, the same for the same rows in any order. */
    static String fingerprint(List<Path> files) throws SQLException {
        String rows =
                files.stream()
                        .map(file -> "'" + file + "'")
                        .collect(Collectors.joining(", ", "read_parquet([", "])"));
        try (var duckDb = new DuckDb()) {
            duckDb.execute(
                    """
                    CREATE TABLE hashes AS SELECT hash(
                      domain, host, path_query, scheme, url_id, ts, status, digest) AS h
                    FROM %s
                    """
                            .formatted(rows));
            return "%x/%x/%x"
                    .formatted(
                            duckDb.number("SELECT count(*) FROM hashes"),
                            duckDb.number("SELECT sum(h >> 24)::BIGINT FROM hashes"),
                            duckDb.number("SELECT bit_xor(h >> 1)::BIGINT FROM hashes"));
        }
    }

    /**
     * Throws unless the rows are the same for all of a change.
     *
     * @param results whose fingerprints one judge took
     */
    static void check(List<MergeResult> results) {
        Map<MergeChange, MergeResult> first = new EnumMap<>(MergeChange.class);
        for (MergeResult result : results) {
            if (result.rows().isEmpty()) {
                continue;
            }
            MergeResult other = first.putIfAbsent(result.change(), result);
            if (other != null && !other.rows().equals(result.rows())) {
                throw new IllegalStateException(
                        "%s: %s ended with other rows (%s) than %s (%s)"
                                .formatted(
                                        result.change().title(),
                                        result.contestant(),
                                        result.rows(),
                                        other.contestant(),
                                        other.rows()));
            }
        }
    }
}
