package dev.whence.query.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The settings {@code whence.query.*}, all of them, with their defaults. The page of the settings
 * is made of what is said here, bounds included; a test holds {@link SettingsCheck} to them.
 */
@ConfigMapping(prefix = "whence.query")
public interface QueryConfig {

    /**
     * How often to look for the next version, a quarter more or less by chance. From 10 ms to 1 h.
     */
    @WithDefault("1s")
    Duration pollInterval();

    /**
     * How long the newest version may be out of reach before the service is no longer ready: half
     * of the time for which the indexer keeps old versions. From 1 s to 3,650 days.
     */
    @WithDefault("12h")
    Duration maxLag();

    /**
     * The local directory of the index's blocks. It outlives the process, and belongs to one at a
     * time.
     */
    @WithDefault("${java.io.tmpdir}/whence-query")
    Path cacheDirectory();

    /** How often to look for newer access rules, a quarter more or less. From 10 ms to 4 s. */
    @WithDefault("2s")
    Duration accessInterval();

    /**
     * How long ago the access rules may have been looked at before nothing is answered any more: a
     * takedown may have come meanwhile. From 10 s to 1 day.
     */
    @WithDefault("15m")
    Duration accessMaxAge();

    /**
     * Whether a service on another address than loopback may tell callers without a key of all that
     * is not restricted, although no access rules say so.
     */
    @WithDefault("false")
    boolean openToAll();

    /**
     * How many versions beside the served one may be open for pinned questions. From 0 to 1,000.
     */
    @WithDefault("8")
    int olderVersions();

    /**
     * Bytes of memory that opened URL files (their footers and page indexes) may keep; a quarter of
     * the heap if left out, and no more than 128 MiB. From 1 MiB to 64 GiB.
     */
    OptionalLong openFileBytes();

    /** How many places of domains in URL files are kept in memory. From 1 to 10,000,000. */
    @WithDefault("100000")
    int locatedRuns();

    /**
     * How many pages of URLs are in memory at once, some 50 MB each at the most; what a third of
     * the heap holds of them if left out, and no more than 16. From 1 to 10,000.
     */
    OptionalInt pageReads();

    /** How long a page of URLs waits for its turn before 429. From 0 s to 10 min. */
    @WithDefault("10s")
    Duration pagePatience();

    /**
     * How many questions that take much work (sets, hosts, exact URLs, top domains, large batches,
     * statistics of datasets of which takedowns have still to be counted) are answered at once.
     * From 1 to 1,000.
     */
    @WithDefault("8")
    int heavyCalls();

    /** How long an answer may take before 503. From 1 s to 1 h. */
    @WithDefault("1m")
    Duration answerTime();

    /**
     * How long a question that takes much work waits for its turn before 429. From 0 s to 10 min.
     */
    @WithDefault("2s")
    Duration heavyPatience();

    /** How many exports, CDX answers and lists of files are streamed at once. From 1 to 1,000. */
    @WithDefault("8")
    int exports();

    /** How long a streamed answer may take before it is broken off. From 1 s to 1 day. */
    @WithDefault("1h")
    Duration exportTime();

    /** How long a streamed answer waits for a reader who takes nothing. From 1 s to 1 h. */
    @WithDefault("1m")
    Duration exportStall();
}
