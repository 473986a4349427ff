package dev.whence.indexer;

import dev.whence.catalog.Block;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.Operations;
import dev.whence.catalog.QueueRef;
import dev.whence.catalog.RetirePlan;
import dev.whence.catalog.Retirer;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.TakedownProgress;
import dev.whence.catalog.Version;
import dev.whence.index.LakeFile;
import dev.whence.url.UrlProfile;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

/** Writes down what a version is made of. */
final class VersionDrafting {
    private final Retirer retirer;
    private final FreshId ids;
    private final Clock clock;

    VersionDrafting(Retirer retirer, FreshId ids, Clock clock) {
        this.retirer = retirer;
        this.ids = ids;
        this.clock = clock;
    }

    /**
     * What was built.
     *
     * @param datasets how many the table holds
     * @param queues datasets with steps that wait
     * @param superseded keys that the base names, or its entries brought, and the new version does
     *     not
     * @param uploads keys of the files of the lake that were written for it
     * @param takedowns how far they have come with it
     */
    record Parts(
            List<GenerationRef> generations,
            List<SegmentRef> segments,
            Block table,
            long datasets,
            List<QueueRef> queues,
            List<DatasetChange> changes,
            List<String> superseded,
            List<String> uploads,
            Operations operations,
            TakedownProgress takedowns) {}

    Version draft(Plan plan, Base base, IndexChange change, Parts parts) {
        Instant now = publishedAt(base);
        RetirePlan retire =
                base.version()
                        .map(old -> retirer.plan(old, parts.operations().oldestPinned(), now))
                        .orElse(RetirePlan.FIRST);
        UrlProfile profile = UrlProfile.current();
        var version =
                new Version(
                        Version.FORMAT,
                        plan.version(),
                        now,
                        ids.next(),
                        profile.number(),
                        profile.suffixListDate(),
                        parts.generations(),
                        parts.segments(),
                        parts.table(),
                        plan.positions(),
                        parts.changes(),
                        counts(base, change, parts.datasets()),
                        base.nextFileId() + change.files().size(),
                        retire.oldestRetained(),
                        retire.deletedUpTo(),
                        parts.superseded(),
                        ownParts(change, parts.uploads()),
                        parts.queues().isEmpty() ? null : parts.queues(),
                        parts.operations().taken() == 0 ? null : parts.operations(),
                        parts.takedowns().rules() == 0 ? null : parts.takedowns());
        return version.requireFollows(base.version());
    }

    /**
     * Never before the base's, whatever two machines' clocks say: retention counts on the order.
     */
    private Instant publishedAt(Base base) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return base.version()
                .map(Version::publishedAt)
                .filter(last -> last.isAfter(now))
                .orElse(now);
    }

    /** Files that an indexer wrote, and that this version is the first to name. */
    private static List<String> ownParts(IndexChange change, List<String> uploads) {
        Stream<String> live =
                change.files().stream()
                        .map(LakeFile::key)
                        .filter(key ->
                                LakeName.of(key)
                                        .filter(name -> !(name instanceof LakeName.Landing))
                                        .isPresent());
        return Stream.concat(live, uploads.stream()).distinct().toList();
    }

    private static Version.Counts counts(Base base, IndexChange change, long datasets) {
        Version.Counts old = base.counts();
        return new Version.Counts(
                datasets,
                old.domains() + change.domainsGained(),
                old.urls() + change.rowsAdded() - change.rowsRemoved(),
                old.files() + change.files().size() - change.goneFiles().size());
    }
}
