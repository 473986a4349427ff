package dev.whence.query.version;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.Version;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is to tell about a version without opening it.
 *
 * @param counts null where not all of it may be told
 */
public record VersionSummary(
        long number,
        Instant publishedAt,
        int urlProfile,
        String suffixListDate,
        Version.@Nullable Counts counts,
        List<LogPosition> positions,
        List<DatasetChange> changes,
        List<QueueRef> queued) {

    static VersionSummary of(Version version) {
        return new VersionSummary(
                version.number(),
                version.publishedAt(),
                version.urlProfile(),
                version.suffixListDate(),
                version.counts(),
                version.positions(),
                version.changes(),
                version.queued());
    }
}
