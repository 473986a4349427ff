package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads a whole snapshot back and says what is wrong, up to a hundred things. */
final class SnapshotCheck {

    private static final int MOST_PROBLEMS = 100;

    private final List<Generation> generations;
    private final List<Segment> segments;
    private final int domains;
    private final List<String> problems = new ArrayList<>();

    SnapshotCheck(List<Generation> generations, List<Segment> segments, int domains) {
        this.generations = generations;
        this.segments = segments;
        this.domains = domains;
    }

    List<String> run() {
        for (Generation generation : generations) {
            generation.files().forEach(file -> attempt(file::checkContent));
            attempt(() -> checkGeneration(generation));
        }
        attempt(this::checkDomainsStandOnce);
        MembershipCheck memberships = new MembershipCheck(segments, domains, this::report);
        for (Segment segment : segments) {
            segment.files().forEach(file -> attempt(file::checkContent));
            attempt(() -> checkMembers(segment.members()));
            attempt(() -> checkAdded(segment));
            attempt(() -> checkRemoved(segment));
            attempt(() -> memberships.checkFile(segment.datasets()));
        }
        attempt(this::checkSums);
        attempt(memberships::checkStack);
        attempt(this::checkLiveFilesStandOnce);
        return List.copyOf(problems);
    }

    private void checkGeneration(Generation generation) {
        Dictionary dictionary = generation.dictionary();
        String name = dictionary.file().name();
        Dictionary.Cursor cursor = dictionary.cursor(0);
        byte[] last = {};
        while (cursor.next()) {
            byte[] domain = cursor.domain();
            if (Arrays.compareUnsigned(last, domain) >= 0) {
                report(name, "rank %d does not ascend".formatted(cursor.rank()));
            }
            if (dictionary.rankOf(new DomainKey(domain)) != cursor.rank()) {
                report(name, "rank %d is not found by its domain".formatted(cursor.rank()));
            }
            int rank = cursor.rank();
            generation
                    .ordinals()
                    .filter(ordinals -> ordinals.rankOf(ordinals.ordinalOf(rank)) != rank)
                    .ifPresent(ordinals ->
                            report(
                                    ordinals.file().name(),
                                    "rank %d does not come back".formatted(rank)));
            checkLookup(generation, new DomainKey(domain), rank);
            last = domain;
        }
    }

    /** Each domain passes the filter, and the perfect hash gives each its own rank. */
    private void checkLookup(Generation generation, DomainKey domain, int rank) {
        long hash = domain.hash();
        generation
                .filter()
                .filter(filter -> !filter.mayContain(hash))
                .ifPresent(filter ->
                        report(filter.file().name(), "rank %d is missing".formatted(rank)));
        generation
                .hash()
                .filter(perfect -> perfect.rankOf(domain, hash) != rank)
                .ifPresent(perfect ->
                        report(
                                perfect.file().name(),
                                "rank %d is not found by its domain".formatted(rank)));
    }

    private void checkDomainsStandOnce() {
        for (int i = 0; i < generations.size(); i++) {
            Dictionary.Cursor cursor = generations.get(i).dictionary().cursor(0);
            while (cursor.next()) {
                DomainKey domain = new DomainKey(cursor.domain());
                for (Generation newer : generations.subList(i + 1, generations.size())) {
                    if (newer.dictionary().rankOf(domain) >= 0) {
                        report(
                                newer.dictionary().file().name(),
                                "%s has an ordinal in an older generation".formatted(domain));
                    }
                }
            }
        }
    }

    private void checkMembers(Members members) {
        String name = members.file().name();
        Members.Cursor cursor = members.cursor();
        long pairs = 0;
        long ordinals = 0;
        long last = -1;
        while (cursor.next()) {
            long pair = cursor.pair();
            if (pair <= last) {
                report(name, "pair %d does not ascend".formatted(pairs));
            }
            if (last < 0 || Pair.ordinal(pair) != Pair.ordinal(last)) {
                ordinals++;
            }
            if (Pair.ordinal(pair) >= domains) {
                report(name, "ordinal %d of %d".formatted(Pair.ordinal(pair), domains));
            }
            if (cursor.change() == 0) {
                report(name, "pair %d changes nothing".formatted(pairs));
            }
            last = pair;
            pairs++;
        }
        checkCount(name, "pairs", members.pairs(), pairs);
        checkCount(name, "ordinals", members.ordinals(), ordinals);
    }

    private void checkAdded(Segment segment) {
        String name = segment.filesFile().name();
        AddedFiles.Cursor cursor = segment.added().cursor();
        Set<Long> ids = new HashSet<>();
        long files = 0;
        LakeFile last = null;
        String reach = "";
        String before = "";
        while (cursor.next()) {
            LakeFile file = cursor.file();
            ids.add(file.fileId());
            files++;
            try {
                FileEntry.checkWritable(file);
            } catch (IllegalArgumentException e) {
                report(name, String.valueOf(e.getMessage()));
                continue;
            }
            if (last != null && FileEntry.ORDER.compare(last, file) >= 0) {
                report(name, "file %d is out of order".formatted(file.fileId()));
            }
            boolean sameDataset = last != null && last.datasetId() == file.datasetId();
            if (!sameDataset) {
                reach = "";
                before = "";
            } else if (cursor.isFirstOfBlock()) {
                before = reach;
            }
            String lastDomain = FileEntry.lastDomain(file);
            reach = reach.compareTo(lastDomain) > 0 ? reach : lastDomain;
            if (!cursor.isCovered(before, reach)) {
                report(name, "file %d is beyond its block's reach".formatted(file.fileId()));
            }
            last = file;
        }
        checkCount(name, "files", segment.added().files(), files);
        segment.tails().ifPresent(tails -> checkTails(tails, ids));
        long tails = segment.tails().map(Tails::tails).orElse(0);
        checkCount(name, "tails", segment.removed().tails(), tails);
    }

    /** Each is of a file that the segment adds, can be read and found, and is not empty. */
    private void checkTails(Tails tails, Set<Long> added) {
        String name = tails.file().name();
        Tails.Cursor cursor = tails.cursor();
        while (cursor.next()) {
            long fileId = cursor.fileId();
            if (!added.contains(fileId)) {
                report(name, "a tail of file %d, which is not added here".formatted(fileId));
            }
            if (cursor.tail().length == 0) {
                report(name, "the tail of file %d is empty".formatted(fileId));
            }
            if (tails.of(fileId).isEmpty()) {
                report(name, "the tail of file %d is not found".formatted(fileId));
            }
        }
    }

    private void checkRemoved(Segment segment) {
        String name = segment.filesFile().name();
        RemovalCursor cursor = segment.removed().cursor();
        long files = 0;
        long last = -1;
        while (cursor.next()) {
            if (cursor.fileId() <= last) {
                report(name, "removal of file %d is out of order".formatted(cursor.fileId()));
            }
            if (!segment.removed().contains(cursor.fileId())) {
                report(name, "removal of file %d is not found".formatted(cursor.fileId()));
            }
            last = cursor.fileId();
            files++;
        }
        checkCount(name, "removals", segment.removed().files(), files);
    }

    private void checkSums() {
        MergedMembers merged = new MergedMembers(segments);
        while (merged.next()) {
            if (merged.sum() < 0) {
                report(
                        "stack of segments",
                        "ordinal %d holds %d URLs of dataset %d"
                                .formatted(
                                        Pair.ordinal(merged.pair()),
                                        merged.sum(),
                                        Integer.toUnsignedLong(Pair.dataset(merged.pair()))));
            }
        }
    }

    /** Memory grows with the number of files here, as it does with no answer. */
    private void checkLiveFilesStandOnce() {
        Set<Long> ids = new HashSet<>();
        for (int i = 0; i < segments.size(); i++) {
            AddedFiles.Cursor cursor = segments.get(i).added().cursor();
            List<Segment> newer = segments.subList(i + 1, segments.size());
            while (cursor.next()) {
                LakeFile file = cursor.file();
                if (!Segment.isRemoved(file, newer) && !ids.add(file.fileId())) {
                    report(
                            segments.get(i).filesFile().name(),
                            "file %d is live twice".formatted(file.fileId()));
                }
            }
        }
    }

    private void checkCount(String name, String what, long expected, long found) {
        if (expected != found) {
            report(name, "%d %s expected, found %d".formatted(expected, what, found));
        }
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (IOException | UncheckedIOException e) {
            add(String.valueOf(e.getMessage()));
        }
    }

    private void report(String name, String problem) {
        add("Index file %s: %s".formatted(name, problem));
    }

    private void add(String problem) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(problem);
        }
    }

    private interface Step {
        void run() throws IOException;
    }
}
