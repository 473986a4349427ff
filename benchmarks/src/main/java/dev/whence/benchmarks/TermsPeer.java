package dev.whence.benchmarks;

import java.io.IOException;
import java.sql.SQLException;

/** Another dictionary of the same domains. */
interface TermsPeer extends AutoCloseable {

    String name();

    /** The number of a domain, or -1. */
    int find(String domain) throws Exception;

    /** The characters of so many domains, from a prefix on. */
    long prefix(String prefix, int limit) throws Exception;

    /** On disk; 0 if it is in memory only. */
    long bytes() throws Exception;

    @Override
    void close() throws IOException, SQLException;

    /** How many questions a round has for it. */
    default int asked() {
        return DictionaryContest.ASKED;
    }
}
