package dev.whence.query;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.LogPosition;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.Version;
import java.time.Instant;
import java.util.List;

/** What there is to tell about a version without opening it. */
public record VersionSummary(
        long number,
        Instant publishedAt,
        int urlProfile,
        String suffixListDate,
        Version.Counts counts,
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
