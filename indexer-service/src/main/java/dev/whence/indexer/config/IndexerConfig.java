package dev.whence.indexer.config;

import dev.whence.catalog.RetentionRules;
import dev.whence.indexer.IndexerSettings;
import dev.whence.indexer.PublishLimits;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** The settings {@code whence.indexer.*}; docs/indexer.md explains them. */
@ConfigMapping(prefix = "whence.indexer")
public interface IndexerConfig {

    /** Local directory for blocks of the index; of this process alone. */
    @WithDefault("whence-data/cache/indexer")
    Path cacheDirectory();

    /** How often to look for new entries of the log; a quarter more or less, by chance. */
    @WithDefault("PT1S")
    Duration pollInterval();

    /** Entries that one publish takes in at most. */
    @WithDefault("1000")
    int publishEntries();

    /** Rows that one publish takes in at most. */
    @WithDefault("4000000")
    long publishRows();

    /** Bytes of landing files that one publish takes in at most. */
    @WithDefault("1073741824")
    long publishBytes();

    /** How many blocks of a size are folded into one of the next, 2 to 32. */
    @WithDefault("8")
    int fanOut();

    /** How many blocks a stack may hold before a fold is due whatever their sizes, 2 to 64. */
    @WithDefault("12")
    int mostLive();

    /** With how many files an insert is compared at a time, 1 to 1,000. */
    @WithDefault("64")
    int comparedFiles();

    /** How many datasets are taken in at a time, 1 to 64. */
    @WithDefault("2")
    int threads();

    /** How many new (domain, dataset) pairs are counted again in the lake, 0 to 10,000. */
    @WithDefault("32")
    int checkSamples();

    /** How long a version stays readable after its successor was published. */
    @WithDefault("PT24H")
    Duration retentionAge();

    /** How many of the newest versions stay readable whatever their age. */
    @WithDefault("100")
    int retentionVersions();

    /** How long objects stay after no readable version names them. */
    @WithDefault("PT24H")
    Duration grace();

    /** Log what would be deleted, and delete nothing. */
    @WithDefault("false")
    boolean dryRun();

    /** How often expired objects are looked for. */
    @WithDefault("PT1M")
    Duration retireInterval();

    /** How often orphans are looked for. */
    @WithDefault("PT1H")
    Duration orphanInterval();

    /** How old an orphan must be before it is deleted. */
    @WithDefault("PT6H")
    Duration orphanSafetyAge();

    /** How many keys one look for orphans reads. */
    @WithDefault("100000")
    int orphanKeysPerSweep();

    /** How long parts of a source that must be whole wait for another. */
    @WithDefault("PT24H")
    Duration partExpiry();

    /** When merges are part of a publish. */
    MergeConfig merge();

    /** When files of the lake are put together. */
    CompactionConfig compaction();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default IndexerSettings settings() {
        return new IndexerSettings(
                new PublishLimits(publishEntries(), publishRows(), publishBytes()),
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
