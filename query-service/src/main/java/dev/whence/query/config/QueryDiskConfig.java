package dev.whence.query.config;

import dev.whence.telemetry.DiskSettings;
import io.smallrye.config.ConfigMapping;

/** The settings {@code whence.disk.*}, explained where they are declared. */
@ConfigMapping(prefix = "whence.disk")
public interface QueryDiskConfig extends DiskSettings {}
