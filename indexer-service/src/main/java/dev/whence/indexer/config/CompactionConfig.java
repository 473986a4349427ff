package dev.whence.indexer.config;

import dev.whence.indexer.CompactionSettings;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings {@code whence.indexer.compaction.*}; docs/indexer.md explains them. */
public interface CompactionConfig {

    /** Whether files of the lake are put together at all. */
    @WithDefault("true")
    boolean enabled();

    /** How often due files are looked for; a quarter more or less, by chance. */
    @WithDefault("PT5S")
    Duration interval();

    /** How large files ought to be. */
    @WithDefault("134217728")
    long fileBytes();

    /** How many files of about one size are put together. */
    @WithDefault("8")
    int fanOut();

    /** How many files may hold one domain of a dataset. */
    @WithDefault("10")
    int mostFiles();

    /** Bytes of files that one run takes at most. */
    @WithDefault("268435456")
    long runBytes();

    /** How long there is no second version that brings nothing but compacted files. */
    @WithDefault("PT10S")
    Duration publishInterval();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default CompactionSettings settings() {
        return new CompactionSettings(
                fileBytes(), fanOut(), mostFiles(), runBytes(), publishInterval());
    }
}
