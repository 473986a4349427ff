package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Takes landing files into one dataset, one after the other. What {@code append} brings is adopted
 * as it is. What {@code insert} brings is compared with what the dataset holds by then: if nothing
 * is known it is adopted, if some is known a reduced copy is written, if all is known nothing. Not
 * thread-safe.
 */
final class DatasetIntake {
    private final ObjectStore store;
    private final IndexSnapshot base;
    private final int datasetId;
    private final Comparison comparison;
    private final ReducedCopy reducedCopy;
    private final List<LakeFile> baseFiles;
    private final List<LiveFile> added = new ArrayList<>();
    private final Set<String> addedDomains = new HashSet<>();
    private final List<String> superseded = new ArrayList<>();
    private long rowsRead;
    private long rowsKnown;
    private long rowsCompared;

    DatasetIntake(
            ObjectStore store,
            IndexSnapshot base,
            int datasetId,
            Comparison comparison,
            ReducedCopy reducedCopy) {
        this.store = store;
        this.base = base;
        this.datasetId = datasetId;
        this.comparison = comparison;
        this.reducedCopy = reducedCopy;
        this.baseFiles = base.files(datasetId);
    }

    /** Takes the files in the order in which they take effect. */
    Intake take(List<LandingFile> landings) throws IOException {
        for (LandingFile landing : landings) {
            take(landing);
        }
        return new Intake(
                datasetId,
                List.copyOf(added),
                List.copyOf(superseded),
                rowsRead,
                rowsKnown,
                rowsCompared);
    }

    private void take(LandingFile landing) throws IOException {
        switch (landing.strategy()) {
            case APPEND, INSERT -> {}
            case UPDATE, UPSERT, FULL_MERGE, DEDUPLICATE, DELETE ->
                    throw new IndexingStoppedException(
                            "landing file %s is for %s; this indexer can append and insert"
                                    .formatted(landing.key(), landing.strategy().text()));
        }
        UrlFile file = UrlFile.open(store, landing.key(), landing.bytes());
        LiveFile whole = LandingReader.read(landing, file, UrlProfile.current());
        rowsRead += landing.rows();
        NavigableSet<String> held =
                switch (landing.strategy()) {
                    case INSERT -> heldDomains(whole.counts());
                    default -> new TreeSet<>();
                };
        if (held.isEmpty()) {
            adopt(whole);
        } else {
            insert(whole, file, held);
        }
    }

    private void insert(LiveFile whole, UrlFile file, NavigableSet<String> held)
            throws IOException {
        var found = comparison.compare(file, held, sides(held));
        long known = found.known().cardinality();
        rowsCompared += found.rowsRead();
        rowsKnown += known;
        if (known == 0) {
            adopt(whole);
            return;
        }
        superseded.add(whole.key());
        if (known < file.rows()) {
            adopt(reducedCopy.write(datasetId, file, held, found.known()));
        }
    }

    private void adopt(LiveFile file) {
        added.add(file);
        file.counts().forEach((domain, rows) -> addedDomains.add(domain));
    }

    /** The domains of a file of which the dataset already holds a URL: only they need a look. */
    private NavigableSet<String> heldDomains(DomainCounts counts) {
        var held = new TreeSet<String>();
        counts.forEach((domain, rows) -> {
            if (addedDomains.contains(domain) || heldByBase(domain)) {
                held.add(domain);
            }
        });
        return held;
    }

    private boolean heldByBase(String domain) {
        int ordinal = base.ordinalOf(domain);
        return ordinal >= 0 && base.count(ordinal, datasetId) > 0;
    }

    /** The files that may hold one of the domains, by the bounds of their row groups. */
    private List<Comparison.Side> sides(NavigableSet<String> domains) {
        var sides = new ArrayList<Comparison.Side>();
        for (LakeFile file : baseFiles) {
            addSide(sides, file.key(), file.bytes(), file.rowGroups(), domains);
        }
        for (LiveFile file : added) {
            var both = new TreeSet<>(domains);
            both.removeIf(domain -> !file.counts().contains(domain));
            addSide(sides, file.key(), file.bytes(), file.rowGroups(), both);
        }
        return sides;
    }

    private static void addSide(
            List<Comparison.Side> sides,
            String key,
            long bytes,
            List<RowGroupBounds> rowGroups,
            NavigableSet<String> domains) {
        if (rowGroups.stream().anyMatch(group -> mayHoldOne(group, domains))) {
            NavigableSet<String> within =
                    domains.subSet(
                            rowGroups.getFirst().firstDomain(),
                            true,
                            rowGroups.getLast().lastDomain(),
                            true);
            sides.add(new Comparison.Side(key, bytes, within));
        }
    }

    private static boolean mayHoldOne(RowGroupBounds group, NavigableSet<String> domains) {
        String candidate = domains.ceiling(group.firstDomain());
        return candidate != null && candidate.compareTo(group.lastDomain()) <= 0;
    }
}
