package dev.whence.indexer.config;

import dev.whence.indexer.MergeRunSettings;
import io.smallrye.config.WithDefault;

/** The settings {@code whence.indexer.merge.*}; docs/indexer.md explains them. */
public interface MergeConfig {

    /** Bytes of files that the merges of one publish may concern; what is more is queued. */
    @WithDefault("67108864")
    long atOnceBytes();

    /** How many datasets' queues are carried out at a time. */
    @WithDefault("2")
    int threads();

    /** What of it the indexer itself is told; says which setting is out of its bounds. */
    default MergeRunSettings settings() {
        return new MergeRunSettings(atOnceBytes(), threads());
    }
}
