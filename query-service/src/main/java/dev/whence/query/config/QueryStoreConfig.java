package dev.whence.query.config;

import dev.whence.store.StoreSettings;
import io.smallrye.config.ConfigMapping;

/** The settings {@code whence.store.*}, as this service reads them. */
@ConfigMapping(prefix = "whence.store")
public interface QueryStoreConfig extends StoreSettings {}
