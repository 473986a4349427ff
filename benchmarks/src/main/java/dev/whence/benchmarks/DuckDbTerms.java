package dev.whence.benchmarks;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** The peer: a table of DuckDB in memory, with an index over the domains. */
final class DuckDbTerms implements TermsPeer {
    private static final int ASKED = 500;

    private final DuckDb duckDb = new DuckDb();
    private final PreparedStatement find;
    private final PreparedStatement prefix;

    DuckDbTerms(Iterable<String> domains) throws SQLException {
        duckDb.execute("CREATE TABLE domains (domain VARCHAR, ordinal INTEGER)");
        var connection = (DuckDBConnection) duckDb.connection();
        try (DuckDBAppender rows = connection.createAppender("main", "domains")) {
            int ordinal = 0;
            for (String domain : domains) {
                rows.beginRow();
                rows.append(domain);
                rows.append(ordinal++);
                rows.endRow();
            }
        }
        duckDb.execute("CREATE INDEX by_domain ON domains (domain)");
        find = connection.prepareStatement("SELECT ordinal FROM domains WHERE domain = ?");
        prefix =
                connection.prepareStatement(
                        "SELECT domain FROM domains WHERE domain >= ? ORDER BY domain LIMIT ?");
    }

    @Override
    public String name() {
        return "DuckDB, table with an index";
    }

    @Override
    public int find(String domain) throws SQLException {
        find.setString(1, domain);
        try (ResultSet rows = find.executeQuery()) {
            return rows.next() ? rows.getInt(1) : -1;
        }
    }

    @Override
    public long prefix(String wanted, int limit) throws SQLException {
        prefix.setString(1, wanted);
        prefix.setInt(2, limit);
        long characters = 0;
        try (ResultSet rows = prefix.executeQuery()) {
            while (rows.next()) {
                characters += rows.getString(1).length();
            }
        }
        return characters;
    }

    @Override
    public long bytes() {
        return 0;
    }

    @Override
    public int asked() {
        return ASKED;
    }

    @Override
    public void close() throws SQLException {
        find.close();
        prefix.close();
        duckDb.close();
    }
}
