package dev.whence.indexer.config;

import dev.whence.catalog.RetentionRules;
import dev.whence.indexer.IndexerSettings;
import dev.whence.indexer.PublishLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * The settings {@code whence.indexer.*} with their defaults. The page of the settings is made of
 * what is said here, bounds included; a test holds what checks them to it.
 */
@ConfigMapping(prefix = "whence.indexer")
public interface IndexerConfig {

    /**
     * The local directory of the index's blocks; of this process alone, and may be deleted while it
     * is stopped.
     */
    @WithDefault("whence-data/cache/indexer")
    Path cacheDirectory();

    /**
     * How often to look for new entries of the log, a quarter more or less by chance. From 1 ms to
     * 1 h.
     */
    @WithDefault("PT1S")
    Duration pollInterval();

    /**
     * How long an attempt to publish may take before the service is no longer ready. From 1 min to
     * 30 days.
     */
    @WithDefault("PT1H")
    Duration maxAttempt();

    /** Log entries that one publish takes in at most. From 1 to 1,000,000. */
    @WithDefault("1000")
    int publishEntries();

    /**
     * Rows that one publish takes in at most: its memory follows the distinct domains in them; one
     * for each 512 bytes of heap if left out, and no more than 4,000,000. From 1 to 1,000,000,000.
     */
    OptionalLong publishRows();

    /** Bytes of landing files that one publish takes in at most. From 1 to 1 TiB. */
    @WithDefault("1073741824")
    long publishBytes();

    /** How many blocks of a size are folded into one of the next. From 2 to 32. */
    @WithDefault("8")
    int fanOut();

    /**
     * How many blocks a stack may hold before a fold is due whatever their sizes; with three times
     * as many a publish folds some itself. From 2 to 64.
     */
    @WithDefault("12")
    int mostLive();

    /**
     * With how many files an insert is compared at a time: memory against passes. 4 MiB for each is
     * what all inserts share for rows, 2 MiB for each what opened files may hold. From 1 to 1,000.
     */
    @WithDefault("64")
    int comparedFiles();

    /** How many datasets are taken in at a time. From 1 to 64. */
    @WithDefault("2")
    int threads();

    /**
     * How many changed pairs of domain and dataset are counted again in the lake before a publish.
     * From 0 to 10,000.
     */
    @WithDefault("32")
    int checkSamples();

    /**
     * How long a version stays readable after its successor was published. From 1 min to 3,650
     * days.
     */
    @WithDefault("PT24H")
    Duration retentionAge();

    /** How many of the newest versions stay readable whatever their age. From 1 to 1,000,000. */
    @WithDefault("100")
    int retentionVersions();

    /**
     * How long objects stay after no readable version names them: longer than any reader may hang
     * behind. From 1 min to 3,650 days.
     */
    @WithDefault("PT24H")
    Duration grace();

    /** Whether to log what would be deleted, and delete nothing. */
    @WithDefault("false")
    boolean dryRun();

    /** How often expired objects are looked for. From 10 ms to 1 day. */
    @WithDefault("PT1M")
    Duration retireInterval();

    /** How often orphans are looked for. From 10 ms to 7 days. */
    @WithDefault("PT1H")
    Duration orphanInterval();

    /** How old an orphan must be before it is deleted. From 0 s to 3,650 days. */
    @WithDefault("PT6H")
    Duration orphanSafetyAge();

    /**
     * How many keys one look for orphans reads, in one folder or many; the next goes on behind
     * them. From 1 to 10,000,000.
     */
    @WithDefault("100000")
    int orphanKeysPerSweep();

    /** How long parts of a source that must be whole wait for another. From 1 ms to 3,650 days. */
    @WithDefault("PT24H")
    Duration partExpiry();

    /** When merges are part of a publish. */
    MergeConfig merge();

    /** When files of the lake are put together. */
    CompactionConfig compaction();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default IndexerSettings settings() {
        SettingsCheck.check(this);
        return new IndexerSettings(
                new PublishLimits(
                        publishEntries(),
                        publishRows().orElseGet(PublishLimits::defaultRows),
                        publishBytes()),
                fanOut(),
                mostLive(),
                comparedFiles(),
                threads(),
                checkSamples(),
                new RetentionRules(retentionAge(), retentionVersions(), grace()),
                dryRun(),
                orphanSafetyAge(),
                orphanKeysPerSweep(),
                partExpiry(),
                merge().settings(),
                compaction().settings());
    }
}
