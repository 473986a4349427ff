package dev.whence.ingest.config;

import dev.whence.telemetry.TraceSettings;
import io.smallrye.config.ConfigMapping;

/** The settings {@code whence.traces.*}, explained where they are declared. */
@ConfigMapping(prefix = "whence.traces")
public interface IngestTraceConfig extends TraceSettings {}
