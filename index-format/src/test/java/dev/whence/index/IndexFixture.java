package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** A small index with one of everything, and all that it answers. */
final class IndexFixture {
    static final UrlProfile PROFILE = new UrlProfile(1, "2026-11-01");

    /** Also where there are too few domains for them to pay. */
    static final LookupFiles EVERY_FILE = new LookupFiles(1, 1);

    static final LookupFiles FILTER_ONLY = new LookupFiles(1, Integer.MAX_VALUE);

    final List<Path> generations;
    final List<Path> segments;

    private IndexFixture(List<Path> generations, List<Path> segments) {
        this.generations = generations;
        this.segments = segments;
    }

    /** A merged generation and a new one; a segment, and one that takes away from it. */
    static IndexFixture write(Path root) throws IOException {
        TreeSet<String> first = new TreeSet<>(List.of("a", "b.com", "whence.dev", "x".repeat(255)));
        for (int i = 0; i < 40; i++) {
            first.add("shared-prefix-" + i + ".org");
        }
        List<Path> parts = List.of(root.resolve("g0"), root.resolve("g1"));
        GenerationWriter.write(parts.get(0), PROFILE, 0, first, LookupFiles.DEFAULT);
        GenerationWriter.write(parts.get(1), PROFILE, first.size(), List.of("ab.com", "zz.com"));
        Path merged = root.resolve("merged");
        GenerationWriter.fold(merged, parts, EVERY_FILE);
        Path newest = root.resolve("g2");
        GenerationWriter.write(
                newest, PROFILE, first.size() + 2, List.of("0.net", "c.com"), FILTER_ONLY);

        SegmentWriter older = new SegmentWriter(PROFILE);
        for (int ordinal = 0; ordinal < 40; ordinal++) {
            older.change(ordinal, ordinal % 3, 1 + ordinal * 1000L);
            older.change(ordinal, -1, 1L << 40);
            older.gain(ordinal, ordinal % 3);
            older.gain(ordinal, -1);
        }
        for (int id = 0; id < 12; id++) {
            LakeFile file = file(id, id % 2);
            if (id % 4 == 0) {
                older.addFile(file);
            } else {
                byte[] tail = tail(id, 20);
                older.addFile(file, () -> tail);
            }
        }
        SegmentWriter newer = new SegmentWriter(PROFILE);
        newer.change(0, -1, -(1L << 40));
        newer.lose(0, -1);
        newer.change(41, 7, 3);
        newer.gain(41, 7);
        newer.addFile(file(20, 1), () -> tail(20, 30));
        newer.removeFile(3, 1);
        newer.removeFile(4, 0);
        List<Path> segments = List.of(root.resolve("s0"), root.resolve("s1"));
        older.write(segments.get(0));
        newer.write(segments.get(1));
        return new IndexFixture(List.of(merged, newest), segments);
    }

    static LakeFile file(long id, int datasetId) {
        return new LakeFile(
                id,
                datasetId,
                "urls/dataset_id=" + datasetId + "/part-" + id + ".parquet",
                1000 + id,
                List.of(
                        new RowGroupBounds(10, "a", "b.com"),
                        new RowGroupBounds(5, "b.com", "zz.com")));
    }

    /** Bytes that tell their file. */
    static byte[] tail(int fileId, int bytes) {
        byte[] tail = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            tail[i] = (byte) (fileId * 7 + i);
        }
        return tail;
    }

    IndexSnapshot open() throws IOException {
        return IndexSnapshot.open(generations, segments);
    }

    /** Every answer, in one value. */
    static List<Object> answers(IndexSnapshot snapshot) {
        List<Object> answers = new ArrayList<>();
        answers.add(snapshot.domains());
        answers.add(snapshot.find(List.of("ab.com", "a", "zzz", "c.com", "shared-prefix-7.org")));
        for (int ordinal = 0; ordinal < snapshot.domains(); ordinal++) {
            String domain = snapshot.domain(ordinal);
            answers.add(domain);
            answers.add(snapshot.ordinalOf(domain));
            answers.add(snapshot.datasetsOf(ordinal));
        }
        answers.add(snapshot.prefix("shared-prefix-1", "shared-prefix-10.org", 5));
        answers.add(snapshot.prefix("", "", 1000));
        answers.add(snapshot.files().toList());
        snapshot.files().forEach(file -> answers.add(snapshot.tail(file).map(Arrays::toString)));
        answers.addAll(answers(snapshot.sets()));
        for (String domain : List.of("a", "b.com", "zzz", "c.com")) {
            answers.add(snapshot.ordinalOf(domain));
            answers.add(snapshot.postings(0, domain));
            answers.add(snapshot.postings(1, domain));
        }
        return answers;
    }

    private static List<Object> answers(DatasetSets sets) {
        DatasetSelection selection = new DatasetSelection(List.of(-1), List.of(2, 7));
        List<Object> answers = new ArrayList<>();
        answers.add(sets.count(selection));
        answers.add(sets.ordinals(selection, 3, 10));
        answers.add(sets.domains(selection, "shared-prefix-1", "shared-prefix-10.org", 10));
        answers.add(Arrays.deepToString(sets.overlap(List.of(0, 1, 2, 7, -1))));
        answers.add(sets.top(1, 5));
        return answers;
    }
}
