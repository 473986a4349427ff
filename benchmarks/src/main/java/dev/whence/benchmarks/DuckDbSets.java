package dev.whence.benchmarks;

import dev.whence.index.DatasetCount;
import dev.whence.index.DomainCount;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The peer: set algebra by SQL over (domain, dataset, count), sorted by dataset and ordinal. */
final class DuckDbSets implements AutoCloseable {

    /** Where DuckDB reads the pairs. */
    enum Source {
        TABLE("DuckDB, its own table"),
        PARQUET("DuckDB, Parquet");

        final String title;

        Source(String title) {
            this.title = title;
        }
    }

    private final DuckDb duckDb = new DuckDb();
    private final Path parquet;

    DuckDbSets(Path directory, Iterable<String> domains) throws SQLException {
        this.parquet = directory.resolve("pairs.parquet");
        duckDb.execute("CREATE TABLE made (ordinal INTEGER, dataset INTEGER, urls BIGINT)");
        duckDb.execute("CREATE TABLE domains (ordinal INTEGER, domain VARCHAR)");
        var connection = (DuckDBConnection) duckDb.connection();
        try (DuckDBAppender names = connection.createAppender("main", "domains");
                DuckDBAppender pairs = connection.createAppender("main", "made")) {
            int ordinal = 0;
            for (String domain : domains) {
                names.beginRow();
                names.append(ordinal);
                names.append(domain);
                names.endRow();
                for (DatasetCount count : MadeMembers.of(ordinal)) {
                    pairs.beginRow();
                    pairs.append(ordinal);
                    pairs.append(count.datasetId());
                    pairs.append(count.urls());
                    pairs.endRow();
                }
                ordinal++;
            }
        }
        duckDb.execute("CREATE TABLE pairs AS SELECT * FROM made ORDER BY dataset, ordinal");
        duckDb.execute("DROP TABLE made");
        duckDb.execute("COPY pairs TO '" + parquet + "' (FORMAT parquet, COMPRESSION zstd)");
    }

    long count(Source source, List<Integer> allOf, List<Integer> noneOf) throws SQLException {
        return duckDb.number(
                "SELECT count(*) FROM (" + selected(source, allOf, noneOf) + ") selected");
    }

    List<String> page(
            Source source, List<Integer> allOf, List<Integer> noneOf, String prefix, int limit)
            throws SQLException {
        var page = new ArrayList<String>();
        each(
                "SELECT domain FROM domains WHERE starts_with(domain, '"
                        + prefix
                        + "') AND ordinal IN ("
                        + selected(source, allOf, noneOf)
                        + ") ORDER BY domain LIMIT "
                        + limit,
                rows -> page.add(rows.getString(1)));
        return page;
    }

    /** Of the datasets below a number. */
    long[][] overlap(Source source, int datasets) throws SQLException {
        var shared = new long[datasets][datasets];
        String some =
                "(SELECT ordinal, dataset FROM "
                        + pairs(source)
                        + " WHERE dataset < "
                        + datasets
                        + ")";
        each(
                "SELECT a.dataset, b.dataset, count(*) FROM "
                        + some
                        + " a JOIN "
                        + some
                        + " b ON a.ordinal = b.ordinal AND a.dataset >= b.dataset GROUP BY ALL",
                rows -> {
                    shared[rows.getInt(1)][rows.getInt(2)] = rows.getLong(3);
                    shared[rows.getInt(2)][rows.getInt(1)] = rows.getLong(3);
                });
        return shared;
    }

    List<DomainCount> top(Source source, int dataset, int limit) throws SQLException {
        var top = new ArrayList<DomainCount>();
        each(
                "SELECT domain, urls FROM (SELECT ordinal, urls FROM "
                        + pairs(source)
                        + " WHERE dataset = "
                        + dataset
                        + " ORDER BY urls DESC, ordinal LIMIT "
                        + limit
                        + ") most JOIN domains USING (ordinal) ORDER BY urls DESC, ordinal",
                rows -> top.add(new DomainCount(rows.getString(1), rows.getLong(2))));
        return top;
    }

    @Override
    public void close() throws SQLException {
        duckDb.close();
    }

    private String selected(Source source, List<Integer> allOf, List<Integer> noneOf) {
        var sql = new StringBuilder();
        for (int dataset : allOf) {
            sql.append(sql.isEmpty() ? "" : " INTERSECT ").append(of(source, dataset));
        }
        for (int dataset : noneOf) {
            sql.append(" EXCEPT ").append(of(source, dataset));
        }
        return sql.toString();
    }

    private String of(Source source, int dataset) {
        return "SELECT ordinal FROM " + pairs(source) + " WHERE dataset = " + dataset;
    }

    private String pairs(Source source) {
        return switch (source) {
            case TABLE -> "pairs";
            case PARQUET -> "read_parquet('" + parquet + "')";
        };
    }

    private interface Row {
        void read(ResultSet row) throws SQLException;
    }

    private void each(String sql, Row row) throws SQLException {
        try (Statement statement = duckDb.connection().createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                row.read(rows);
            }
        }
    }
}
