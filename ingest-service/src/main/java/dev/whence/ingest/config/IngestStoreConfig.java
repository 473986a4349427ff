package dev.whence.ingest.config;

import dev.whence.store.StoreSettings;
import io.smallrye.config.ConfigMapping;

/** The settings {@code whence.store.*}, explained where they are declared. */
@ConfigMapping(prefix = "whence.store")
public interface IngestStoreConfig extends StoreSettings {}
