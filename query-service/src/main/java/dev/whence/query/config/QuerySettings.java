package dev.whence.query.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The settings {@code whence.query.*}, all of them, with their defaults. */
@ConfigMapping(prefix = "whence.query")
public interface QuerySettings {

    /** How often to look for the next version; 10 ms to 1 h. */
    @WithDefault("1s")
    Duration pollInterval();

    /**
     * How long the service may fail to reach the newest version before it is no longer ready: half
     * of the time for which old versions are kept; at least a second.
     */
    @WithDefault("12h")
    Duration maxLag();

    /**
     * The local directory of blocks, which outlives the process and belongs to one process at a
     * time.
     */
    @WithDefault("${java.io.tmpdir}/whence-query")
    Path cacheDirectory();

    /** How often to look for newer access rules, a quarter more or less; 10 ms to 4 s. */
    @WithDefault("2s")
    Duration accessInterval();

    /**
     * How long ago the access rules may have been looked at before nothing is answered any more: a
     * takedown may have come meanwhile; 10 s to 24 h.
     */
    @WithDefault("15m")
    Duration accessMaxAge();

    /**
     * Whether a service on another address than loopback may tell everybody everything while the
     * store has no access rules.
     */
    @WithDefault("false")
    boolean openToAll();

    /** How many versions beside the served one may be open for pinned questions; 0 to 1,000. */
    @WithDefault("8")
    int olderVersions();

    /**
     * How much memory opened URL files (footers and page indexes) may keep, in bytes; 1 MiB to 64
     * GiB.
     */
    @WithDefault("134217728")
    long openFileBytes();

    /** How many places of domains in row groups are kept; 1 to 10,000,000. */
    @WithDefault("100000")
    int locatedRuns();

    /** How many pages of URLs are in memory at once, some 50 MB each at the most; 1 to 10,000. */
    @WithDefault("16")
    int pageReads();

    /** How long a page of URLs waits for its turn before 429; up to 10 min. */
    @WithDefault("10s")
    Duration pagePatience();

    /**
     * How many questions that take much work (sets, hosts, exact URLs, top domains, large batches)
     * are answered at once; 1 to 1,000.
     */
    @WithDefault("8")
    int heavyCalls();

    /** How long an answer may take before 503; 1 s to 1 h. */
    @WithDefault("1m")
    Duration answerTime();

    /** How long one of them waits for its turn before 429; up to 10 min. */
    @WithDefault("2s")
    Duration heavyPatience();

    /** How many exports and CDX answers are streamed at once; 1 to 1,000. */
    @WithDefault("8")
    int exports();

    /** How long one of them may take before it is broken off; 1 s to 24 h. */
    @WithDefault("1h")
    Duration exportTime();

    /** How long one of them waits for a reader who takes nothing; 1 s to 1 h. */
    @WithDefault("1m")
    Duration exportStall();
}
