package dev.whence.ingest;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/**
 * How ingest works.
 *
 * @param spreadDatasets names of datasets whose batches may come under any key
 * @param acceptLostRecords go on where the broker deleted records that were never read, instead of
 *     stopping
 * @param accessMaxAge how long ago the access rules may have been read last: with older ones
 *     nothing is taken in
 * @param temporary a local directory; what is in it belongs to this process and is deleted
 * @param stopTimeout how long the end may take to commit what is buffered, before it is dropped
 */
public record IngestSettings(
        FlushLimits flush,
        BatchLimits batch,
        Set<String> spreadDatasets,
        boolean acceptLostRecords,
        Duration accessMaxAge,
        Path temporary,
        Duration stopTimeout) {

    public IngestSettings {
        spreadDatasets = Set.copyOf(spreadDatasets);
        Bounds.require(
                "access-max-age (ms)",
                accessMaxAge.toMillis(),
                1_000,
                Duration.ofDays(1).toMillis());
        Bounds.require(
                "stop-timeout (ms)", stopTimeout.toMillis(), 0, Duration.ofMinutes(10).toMillis());
    }
}
