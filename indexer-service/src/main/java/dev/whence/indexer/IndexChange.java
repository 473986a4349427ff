package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the files of a publish change in the index: which domains are new and which ordinals they
 * get, and by how much the counts grow. Computed from the base and the new files' runs alone; reads
 * nothing of the store.
 */
final class IndexChange {
    private final IndexSnapshot base;
    private final String[] newDomains;
    private final List<LakeFile> files;
    private final List<LiveFile> liveFiles;
    private final Map<Integer, Growth> growth;
    private final long revivedDomains;

    /** By how much a dataset grows. */
    record Growth(long urls, long domains) {
        static final Growth NONE = new Growth(0, 0);
    }

    IndexChange(Base base, List<Intake> intakes) {
        this.base = base.snapshot();
        var fresh = new TreeSet<String>();
        var revived = new HashSet<Integer>();
        this.growth = new TreeMap<>(Integer::compareUnsigned);
        this.files = new ArrayList<>();
        this.liveFiles = new ArrayList<>();
        for (Intake intake : intakes) {
            var gained = new HashSet<String>();
            for (LiveFile file : intake.added()) {
                files.add(file.withId(base.nextFileId() + files.size()));
                liveFiles.add(file);
                file.counts().forEach((domain, rows) -> meet(domain, file, fresh, revived, gained));
            }
            growth.put(intake.datasetId(), new Growth(intake.rowsAdded(), gained.size()));
        }
        this.newDomains = fresh.toArray(String[]::new);
        this.revivedDomains = revived.size();
    }

    private void meet(
            String domain,
            LiveFile file,
            Set<String> fresh,
            Set<Integer> revived,
            Set<String> gained) {
        int ordinal = base.ordinalOf(domain);
        if (ordinal < 0) {
            fresh.add(domain);
            gained.add(domain);
        } else if (base.count(ordinal, file.datasetId()) == 0) {
            gained.add(domain);
            if (base.datasetsOf(ordinal).isEmpty()) {
                revived.add(ordinal);
            }
        }
    }

    /** Whether the index stays as it is. */
    boolean isEmpty() {
        return files.isEmpty();
    }

    /** Domains without an ordinal, ascending; the first gets the base's next ordinal. */
    List<String> newDomains() {
        return Arrays.asList(newDomains);
    }

    /** The files that become live, with their registry ids. */
    List<LakeFile> files() {
        return files;
    }

    /** The same files with the domains that they hold. */
    List<LiveFile> liveFiles() {
        return liveFiles;
    }

    /** How many domains come to have a URL that had none. */
    long domainsGained() {
        return newDomains.length + revivedDomains;
    }

    Growth growthOf(int datasetId) {
        return growth.getOrDefault(datasetId, Growth.NONE);
    }

    long rowsAdded() {
        return growth.values().stream().mapToLong(Growth::urls).sum();
    }

    /** A domain's ordinal, in the base or as it is given now. */
    int ordinalOf(String domain) {
        int known = base.ordinalOf(domain);
        return known >= 0 ? known : base.domains() + Arrays.binarySearch(newDomains, domain);
    }
}
