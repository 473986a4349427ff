package dev.whence.indexer.config;

import dev.whence.indexer.CompactionSettings;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The settings {@code whence.indexer.compaction.*}; docs/indexer.md says how it works. */
public interface CompactionConfig {

    /** Whether files of the lake are put together at all. */
    @WithDefault("true")
    boolean enabled();

    /** How often due files are looked for, if the last are taken in. From 1 ms to 1 day. */
    @WithDefault("PT5S")
    Duration interval();

    /** Bytes that files ought to have. From 1 KiB to 16 GiB. */
    @WithDefault("134217728")
    long fileBytes();

    /** How many files of about one size are put together. From 2 to 100. */
    @WithDefault("8")
    int fanOut();

    /** How many files may hold one domain of a dataset. From 10 to 1,000. */
    @WithDefault("10")
    int mostFiles();

    /**
     * Bytes of files that one run takes at most, and twice {@code file-bytes} at least. About ten
     * times as much of scratch disk is used, and some 16 bytes of memory for each row. From 2 KiB
     * to 1 TiB.
     */
    @WithDefault("268435456")
    long runBytes();

    /**
     * How soon a second version may come that brings nothing but compacted files and folds. From 0
     * s to 1 day.
     */
    @WithDefault("PT10S")
    Duration publishInterval();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default CompactionSettings settings() {
        return new CompactionSettings(
                fileBytes(), fanOut(), mostFiles(), runBytes(), publishInterval());
    }
}
