package dev.whence.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The settings {@code whence.ingest.*}; docs/ingest.md explains them. What is left out has the
 * default of the record that it becomes a part of.
 */
@ConfigMapping(prefix = "whence.ingest")
interface IngestConfig {

    /** Buffered rows of one partition, in bytes, at which they are flushed. */
    OptionalLong flushBytes();

    /** Time after the first record at which a partition's rows are flushed. */
    Optional<Duration> flushAge();

    /** Buffered rows of all partitions, in bytes; a quarter of the heap if left out. */
    OptionalLong bufferBytes();

    /** Bytes of a message. */
    OptionalInt maxMessageBytes();

    /** Entries in one URL's extras. */
    OptionalInt maxExtras();

    /** Bytes of one URL's extras. */
    OptionalInt maxExtrasBytes();

    /** Objects that one claim check names. */
    OptionalInt maxObjects();

    /** URLs in the objects of one claim check. */
    OptionalLong maxClaimRows();

    /** Bytes of rejected URLs that one batch leaves behind. */
    OptionalLong maxRejectsBytes();

    /** Prefixes that claim checks may name objects under, such as {@code s3://raw/c4/}. */
    Optional<List<String>> sources();

    /** Names of datasets whose batches may come under any key. */
    Optional<Set<String>> spreadDatasets();

    /** Goes on after records that the broker deleted before they were read. */
    @WithDefault("false")
    boolean acceptLostRecords();

    /** How long ago the access rules may have been read last. */
    Optional<Duration> accessMaxAge();

    /** Local directory for files on their way; one under the system's own if left out. */
    Optional<Path> temporaryDirectory();

    /** How long the end may take to commit what is buffered. */
    Optional<Duration> stopTimeout();
}
