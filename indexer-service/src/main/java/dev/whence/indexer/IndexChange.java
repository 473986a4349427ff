package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the files of a publish change in the index: which domains are new and which ordinals they
 * get, and by how much the counts grow or shrink. Computed from the base and the runs of the files
 * that come and go; reads nothing of the store.
 */
final class IndexChange {
    private final IndexSnapshot base;
    private final DomainCounts newDomains;
    private final List<LakeFile> files = new ArrayList<>();
    private final List<LiveFile> liveFiles = new ArrayList<>();
    private final List<LiveFile> countedFiles = new ArrayList<>();
    private final List<LakeFile> goneFiles = new ArrayList<>();
    private final List<RemovedFile> removedFiles = new ArrayList<>();
    private final Set<Integer> datasetsWithRemovals = new HashSet<>();
    private final Map<Integer, OrdinalSums> memberships = new TreeMap<>(Integer::compareUnsigned);
    private final Map<Integer, Growth> growth = new TreeMap<>(Integer::compareUnsigned);
    private final long knownDomainsGained;

    /**
     * By how much a dataset grows.
     *
     * @param added URLs that it came to hold
     * @param removed URLs that it lost
     * @param domains how many more it holds; below zero if fewer
     */
    record Growth(long added, long removed, long domains) {
        static final Growth NONE = new Growth(0, 0, 0);

        long urls() {
            return added - removed;
        }
    }

    IndexChange(Base base, List<Intake> intakes) {
        this.base = base.snapshot();
        var fresh = new ArrayList<DomainCounts>();
        var holders = new OrdinalSums();
        for (Intake intake : intakes) {
            for (Compacted move : intake.moves()) {
                liveFiles.addAll(move.added());
                goneFiles.addAll(move.removed());
            }
            liveFiles.addAll(intake.added());
            countedFiles.addAll(intake.added());
            removedFiles.addAll(intake.removed());
            intake.removed().forEach(file -> goneFiles.add(file.file()));
            growth.put(
                    intake.datasetId(),
                    new Growth(
                            intake.rowsAdded(),
                            intake.rowsRemoved(),
                            domainsGained(intake, fresh, holders)));
        }
        for (LiveFile file : liveFiles) {
            files.add(file.withId(base.nextFileId() + files.size()));
        }
        goneFiles.forEach(file -> datasetsWithRemovals.add(file.datasetId()));
        this.newDomains = distinct(fresh);
        this.knownDomainsGained = domainsGained(holders);
    }

    /**
     * How many domains a dataset holds more.
     *
     * @param fresh gets the domains that have no ordinal, each once
     * @param holders gets, for each ordinal, by how many its datasets grow
     */
    private long domainsGained(Intake intake, List<DomainCounts> fresh, OrdinalSums holders) {
        var unknown = new DomainCounts.Builder();
        var known = new OrdinalSums();
        var added = new MergedCounts(intake.added().stream().map(LiveFile::counts).toList());
        while (added.next()) {
            int ordinal = base.ordinalOf(added.domain());
            if (ordinal < 0) {
                unknown.add(added.domain(), added.rows());
            } else {
                known.add(ordinal, added.rows());
            }
        }
        DomainCounts ofIntake = unknown.build();
        intake.removed()
                .forEach(file -> file.forEach((ordinal, rows) -> known.add(ordinal, -rows)));
        fresh.add(ofIntake);
        var gained = new Tally();
        gained.sum = ofIntake.size();
        var changed = memberships.computeIfAbsent(intake.datasetId(), _ -> new OrdinalSums());
        known.forEach((ordinal, change) -> {
            long before = base.count(ordinal, intake.datasetId());
            int more = sign(before + change, ordinal) - sign(before, ordinal);
            if (more != 0) {
                holders.add(ordinal, more);
                changed.add(ordinal, more);
                gained.sum += more;
            }
        });
        return gained.sum;
    }

    private static DomainCounts distinct(List<DomainCounts> domains) {
        var all = new MergedCounts(domains);
        var distinct = new DomainCounts.Builder();
        while (all.next()) {
            distinct.add(all.domain(), all.rows());
        }
        return distinct.build();
    }

    /** How many domains come to have a URL that had none, without those that lose their last. */
    private long domainsGained(OrdinalSums holders) {
        var gained = new Tally();
        holders.forEach((ordinal, change) -> {
            int before = base.datasetsOf(ordinal).size();
            gained.sum += sign(before + change, ordinal) - sign(before, ordinal);
        });
        return gained.sum;
    }

    /** 1 for some, 0 for none. */
    private int sign(long count, int ordinal) {
        if (count < 0) {
            throw new IllegalStateException(
                    "the files that are to be removed hold %d more of %s than the index counts"
                            .formatted(-count, base.domain(ordinal)));
        }
        return count > 0 ? 1 : 0;
    }

    private static final class Tally {
        private long sum;
    }

    /** Whether the index stays as it is. */
    boolean isEmpty() {
        return files.isEmpty() && goneFiles.isEmpty();
    }

    /** Domains without an ordinal, ascending; the first gets the base's next ordinal. */
    DomainCounts newDomains() {
        return newDomains;
    }

    /** The files that become live, with their registry ids. */
    List<LakeFile> files() {
        return files;
    }

    /** The same files with the domains that they hold. */
    List<LiveFile> liveFiles() {
        return liveFiles;
    }

    /** Those of them that change counts: compacted files hold what others held. */
    List<LiveFile> countedFiles() {
        return countedFiles;
    }

    /** The base's files that are live no more. */
    List<LakeFile> goneFiles() {
        return goneFiles;
    }

    /** Those of them that change counts. */
    List<RemovedFile> removedFiles() {
        return removedFiles;
    }

    /** The datasets that lose a file. */
    Set<Integer> datasetsWithRemovals() {
        return datasetsWithRemovals;
    }

    /**
     * For each dataset, the base's ordinals of which it comes to hold URLs (1) or loses the last
     * (-1). Of domains that are new it holds URLs where a counted file does.
     */
    Map<Integer, OrdinalSums> memberships() {
        return memberships;
    }

    /** How many more domains have a URL; below zero if fewer. */
    long domainsGained() {
        return newDomains.size() + knownDomainsGained;
    }

    Growth growthOf(int datasetId) {
        return growth.getOrDefault(datasetId, Growth.NONE);
    }

    /** Rows that came. */
    long rowsAdded() {
        return growth.values().stream().mapToLong(Growth::added).sum();
    }

    /** Rows that went. */
    long rowsRemoved() {
        return growth.values().stream().mapToLong(Growth::removed).sum();
    }

    /** A domain's ordinal, in the base or as it is given now. */
    int ordinalOf(String domain) {
        int known = base.ordinalOf(domain);
        return known >= 0 ? known : base.domains() + newDomains.indexOf(domain);
    }
}
