package dev.whence.indexer;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of one dataset that an insert has to be compared with: those of the base that can
 * hold one of its domains, and those taken in earlier in the same publish that do. Nothing of the
 * base's files is looked at before the first insert that needs them. Not thread-safe.
 */
final class SideFiles {
    /** For as many domains the index is asked one by one; for more, all files are sorted once. */
    private static final int FEW_DOMAINS = 64;

    private final DatasetFiles files;
    private final IndexSnapshot base;
    private final int datasetId;
    private final FilesByHash added = new FilesByHash();
    private final List<LiveFile> built = new ArrayList<>();
    private @Nullable FilesByDomain baseFiles;

    SideFiles(DatasetFiles files) {
        this.files = files;
        this.base = files.base();
        this.datasetId = files.datasetId();
    }

    /** Takes note of a file that becomes live with this publish. */
    void add(LiveFile file) {
        added.add(file);
    }

    /**
     * Takes note of a file that was made beside the publishing: large, and with too many domains
     * for places of their own in memory.
     */
    void addBuilt(LiveFile file) {
        built.add(file);
    }

    /**
     * Takes note of a file that is live no more.
     *
     * @param file if it became live with this publish; null if it is the base's
     */
    void remove(@Nullable LiveFile file) {
        if (file == null) {
            baseFiles = null;
        } else if (!built.remove(file)) {
            added.remove(file);
        }
    }

    /**
     * The domains of a file of which the dataset already holds a URL, or did in the base: only they
     * need a look.
     */
    NavigableSet<String> heldOf(DomainCounts counts) {
        var held = new TreeSet<String>();
        counts.forEach((domain, rows) -> {
            if (added.anyMayHold(domain)
                    || heldByBase(domain)
                    || built.stream().anyMatch(file -> file.counts().contains(domain))) {
                held.add(domain);
            }
        });
        return held;
    }

    /** The files that may hold one of the domains. */
    List<Comparison.Side> mayHold(NavigableSet<String> domains) {
        var sides = new ArrayList<Comparison.Side>();
        if (domains.size() <= FEW_DOMAINS) {
            sides.addAll(byPostings(domains));
        } else {
            sides.addAll(baseFiles().mayHold(domains));
        }
        sides.addAll(added(domains));
        return sides;
    }

    private boolean heldByBase(String domain) {
        int ordinal = base.ordinalOf(domain);
        return ordinal >= 0 && base.count(ordinal, datasetId) > 0;
    }

    private List<Comparison.Side> byPostings(NavigableSet<String> domains) {
        var sides = new LinkedHashMap<String, Comparison.Side>();
        for (String domain : domains) {
            for (Posting posting : base.postings(datasetId, domain)) {
                LakeFile file = posting.file();
                if (!files.isRemoved(file.key())) {
                    side(sides, file.key(), file.bytes()).domains().add(domain);
                }
            }
        }
        return List.copyOf(sides.values());
    }

    private List<Comparison.Side> added(NavigableSet<String> domains) {
        var sides = new LinkedHashMap<String, Comparison.Side>();
        for (String domain : domains) {
            for (LiveFile file : added.mayHold(domain)) {
                side(sides, file.key(), file.bytes()).domains().add(domain);
            }
            for (LiveFile file : built) {
                if (file.counts().contains(domain)) {
                    side(sides, file.key(), file.bytes()).domains().add(domain);
                }
            }
        }
        return List.copyOf(sides.values());
    }

    private static Comparison.Side side(
            Map<String, Comparison.Side> sides, String key, long bytes) {
        return sides.computeIfAbsent(
                key, unseen -> new Comparison.Side(key, bytes, new TreeSet<>()));
    }

    private FilesByDomain baseFiles() {
        FilesByDomain known = baseFiles;
        if (known == null) {
            known = new FilesByDomain(files.ofBase());
            baseFiles = known;
        }
        return known;
    }
}
