package dev.whence.cli.check;

import dev.whence.index.DatasetCount;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.lake.UrlFile;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Compares the count of every domain in every dataset with the rows of the lake: both sides are
 * summed up for each dataset in one pass, and only where the sums differ the domains are looked for
 * one by one.
 */
final class CountCheck {
    /** Domains whose counts are held at once while those that differ are looked for. */
    private static final int ORDINALS_AT_ONCE = 4 << 20;

    private static final int MOST_DOMAINS_NAMED = 20;

    private final MappedVersion version;
    private final IndexSnapshot index;
    private final LakeFileCheck files;
    private final Findings findings;
    private final Set<Integer> unreadable = new HashSet<>();
    private long filesRead;
    private long rowsRead;

    CountCheck(MappedVersion version, LakeFileCheck files, Findings findings) {
        this.version = version;
        this.index = version.index();
        this.files = files;
        this.findings = findings;
    }

    long filesRead() {
        return filesRead;
    }

    long rowsRead() {
        return rowsRead;
    }

    /** What the index counts, by dataset (unsigned order). */
    Map<Integer, DatasetSum> indexSums() {
        var sums = new TreeMap<Integer, DatasetSum>(Integer::compareUnsigned);
        for (int ordinal = 0; ordinal < index.domains(); ordinal++) {
            for (DatasetCount count : index.datasetsOf(ordinal)) {
                sums.computeIfAbsent(count.datasetId(), _ -> new DatasetSum())
                        .add(ordinal, count.urls());
            }
        }
        return sums;
    }

    /** Reads every live file and names every domain whose count differs. */
    void compare(Map<Integer, DatasetSum> expected) {
        Map<Integer, DatasetSum> found = lakeSums();
        var datasets = new TreeMap<Integer, DatasetSum>(Integer::compareUnsigned);
        datasets.putAll(expected);
        datasets.putAll(found);
        for (int datasetId : datasets.keySet()) {
            DatasetSum counted = expected.getOrDefault(datasetId, new DatasetSum());
            if (unreadable.contains(datasetId)) {
                findings.add(
                        version.name(datasetId)
                                + ": counts were not compared, as a file could not be read");
            } else if (!counted.sameCounts(found.getOrDefault(datasetId, new DatasetSum()))) {
                nameDifferences(datasetId);
            }
        }
    }

    private Map<Integer, DatasetSum> lakeSums() {
        var sums = new TreeMap<Integer, DatasetSum>(Integer::compareUnsigned);
        try (Stream<LakeFile> live = index.files()) {
            for (Iterator<LakeFile> each = live.iterator(); each.hasNext(); ) {
                LakeFile file = each.next();
                DatasetSum sum = sums.computeIfAbsent(file.datasetId(), _ -> new DatasetSum());
                if (!addRuns(file, sum)) {
                    unreadable.add(file.datasetId());
                }
            }
        }
        return sums;
    }

    private boolean addRuns(LakeFile live, DatasetSum sum) {
        Optional<UrlFile> file = files.open(live);
        file.ifPresent(opened -> files.compareTail(opened, index.tail(live)));
        filesRead++;
        return file.isPresent()
                && files.visit(
                        file.get(),
                        run -> {
                            rowsRead += run.rows();
                            int ordinal = index.ordinalOf(run.domain());
                            if (ordinal < 0) {
                                findings.add(
                                        "file %s: the index does not know its domain %s"
                                                .formatted(live.key(), run.domain()));
                            } else {
                                sum.add(ordinal, run.rows());
                            }
                        });
    }

    private void nameDifferences(int datasetId) {
        long differences = 0;
        for (int first = 0; first < index.domains(); first += ORDINALS_AT_ONCE) {
            long[] rows = lakeRows(datasetId, first);
            for (int at = 0; at < rows.length; at++) {
                long expected = index.count(first + at, datasetId);
                if (expected != rows[at] && ++differences <= MOST_DOMAINS_NAMED) {
                    findings.add(
                            "%s, domain %s: the index counts %d URLs, the lake holds %d"
                                    .formatted(
                                            version.name(datasetId),
                                            index.domain(first + at),
                                            expected,
                                            rows[at]));
                }
            }
        }
        if (differences > MOST_DOMAINS_NAMED) {
            findings.add(
                    "%s: %d more domains whose counts differ"
                            .formatted(version.name(datasetId), differences - MOST_DOMAINS_NAMED));
        }
    }

    private long[] lakeRows(int datasetId, int first) {
        long[] rows = new long[Math.min(ORDINALS_AT_ONCE, index.domains() - first)];
        for (LakeFile live : index.files(datasetId)) {
            files.open(live)
                    .ifPresent(file ->
                            files.visit(
                                    file,
                                    run -> {
                                        int at = index.ordinalOf(run.domain()) - first;
                                        if (at >= 0 && at < rows.length) {
                                            rows[at] += run.rows();
                                        }
                                    }));
        }
        return rows;
    }
}
