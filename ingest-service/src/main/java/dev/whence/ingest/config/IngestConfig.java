package dev.whence.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The settings {@code whence.ingest.*} with their defaults. The page of the settings is made of
 * what is said here, bounds included; a test holds the records that check them to it.
 */
@ConfigMapping(prefix = "whence.ingest")
public interface IngestConfig {

    /**
     * Bytes of one partition's rows in memory at which they are written. From 256 KiB to 64 GiB.
     */
    @WithDefault("67108864")
    long flushBytes();

    /**
     * Time since a flush was opened at which it is written: how long a batch waits, against how
     * many small files there are. From 1 ms to 1 h.
     */
    @WithDefault("PT1S")
    Duration flushAge();

    /**
     * Bytes of all partitions' rows in memory, those being written included; a quarter of the heap
     * if left out. From 256 KiB to 64 GiB.
     */
    OptionalLong bufferBytes();

    /**
     * Bytes of a message, unpacked; a longer one is a dead letter. A quarter of the heap at most:
     * more is refused at the start. From 1 KiB to 256 MiB.
     */
    @WithDefault("16777216")
    int maxMessageBytes();

    /** Entries in one URL's extras. From 0 to 10,000. */
    @WithDefault("64")
    int maxExtras();

    /** Bytes of UTF-8 of one URL's extras. From 0 to 128 KiB. */
    @WithDefault("65536")
    int maxExtrasBytes();

    /** Objects that one claim check names. From 0 to 1,000,000. */
    @WithDefault("10000")
    int maxObjects();

    /**
     * URLs in the objects of one claim check: a small object may unpack to any number. From 1 to
     * 1,099,511,627,776.
     */
    @WithDefault("1000000000")
    long maxClaimRows();

    /**
     * Bytes of rejected URLs that one batch may leave on the local disk: beyond it, the batch is
     * not what it says. From 1 KiB to 1 TiB.
     */
    @WithDefault("1073741824")
    long maxRejectsBytes();

    /**
     * Prefixes under which claim checks may name objects, such as {@code s3://raw/c4/}, each with a
     * slash at its end; none if left out. Read with the lake's endpoint and keys.
     */
    Optional<List<String>> sources();

    /**
     * Names that are registered as spread when they first come: their batches may have any key;
     * none if left out. Says nothing of datasets that there are already.
     */
    Optional<Set<String>> spreadDatasets();

    /**
     * Whether to go on behind records that the broker deleted before they were read. They are lost:
     * set it for one start, and send them again.
     */
    @WithDefault("false")
    boolean acceptLostRecords();

    /**
     * How long ago the access rules may have been read last; with older ones nothing is taken in.
     * From 1 s to 1 day.
     */
    @WithDefault("PT5M")
    Duration accessMaxAge();

    /**
     * The local directory of files on their way; one by process id in the system's if left out. Of
     * one process alone: it is emptied at the start. Needs a few times {@code flush-bytes}, and
     * {@code max-rejects-bytes}.
     */
    Optional<Path> temporaryDirectory();

    /**
     * How long the end may take to commit what is buffered; the rest is read again. From 0 s to 10
     * min.
     */
    @WithDefault("PT5S")
    Duration stopTimeout();
}
