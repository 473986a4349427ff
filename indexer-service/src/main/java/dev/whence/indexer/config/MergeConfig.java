package dev.whence.indexer.config;

import dev.whence.indexer.MergeRunSettings;
import io.smallrye.config.WithDefault;

/** The settings {@code whence.indexer.merge.*}; docs/indexer.md says how it works. */
public interface MergeConfig {

    /**
     * Bytes of files that the merges of one publish may concern; what is more is queued, with 0 all
     * of it. From 0 to 1 TiB.
     */
    @WithDefault("67108864")
    long atOnceBytes();

    /** How many datasets' queues are carried out at a time, beside the publishing. From 1 to 64. */
    @WithDefault("2")
    int threads();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default MergeRunSettings settings() {
        return new MergeRunSettings(atOnceBytes(), threads());
    }
}
