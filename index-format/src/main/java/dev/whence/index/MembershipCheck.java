package dev.whence.index;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * Compares the bitmaps of a stack of segments with its members: in each dataset are the ordinals
 * whose changes sum up to more than zero, and no others; none is gained that was there, none lost
 * that was not. Holds one slice of all datasets at a time.
 */
final class MembershipCheck {

    private final List<Segment> segments;
    private final int domains;
    private final BiConsumer<String, String> report;

    /**
     * @param report is told the file and what is wrong with it
     */
    MembershipCheck(List<Segment> segments, int domains, BiConsumer<String, String> report) {
        this.segments = segments;
        this.domains = domains;
        this.report = report;
    }

    /** Order, bounds and sums of one file. */
    void checkFile(DatasetBitmaps datasets) {
        String name = datasets.file().name();
        DatasetBitmaps.Cursor cursor = datasets.cursor();
        long entries = 0;
        long gained = 0;
        long lost = 0;
        long last = -1;
        while (cursor.next()) {
            if (entries > 0 && Long.compareUnsigned(cursor.key(), last) <= 0) {
                report.accept(name, "entry %d does not ascend".formatted(entries));
            }
            last = cursor.key();
            SliceChange change = cursor.read();
            SliceChange found = datasets.find(change.datasetId(), change.slice());
            if (found == null || found.key() != last) {
                report.accept(name, "entry %d is not found".formatted(entries));
            }
            for (ImmutableRoaringBitmap ordinals : List.of(change.gained(), change.lost())) {
                if (!ordinals.isEmpty() && ordinals.last() >= domains) {
                    report.accept(name, "ordinal %d of %d".formatted(ordinals.last(), domains));
                }
            }
            if (change.isEmpty()) {
                report.accept(name, "entry %d changes nothing".formatted(entries));
            }
            entries++;
            gained += change.gained().getLongCardinality();
            lost += change.lost().getLongCardinality();
        }
        checkCount(name, "entries", datasets.entries(), entries);
        checkCount(name, "gained", datasets.gained(), gained);
        checkCount(name, "lost", datasets.lost(), lost);
    }

    /** All files of the stack together against the members. */
    void checkStack() {
        Set<Long> datasetIds = datasetIds();
        MergedMembers members = new MergedMembers(segments);
        boolean more = members.next();
        for (int slice = 0; slice < Slice.count(domains); slice++) {
            Map<Long, MutableRoaringBitmap> counted = new TreeMap<>();
            while (more && Slice.of(Pair.ordinal(members.pair())) == slice) {
                if (members.sum() > 0) {
                    long datasetId = Integer.toUnsignedLong(Pair.dataset(members.pair()));
                    counted.computeIfAbsent(datasetId, _ -> new MutableRoaringBitmap())
                            .add(Pair.ordinal(members.pair()));
                }
                more = members.next();
            }
            Set<Long> touched = new TreeSet<>(datasetIds);
            touched.addAll(counted.keySet());
            for (long datasetId : touched) {
                compare(
                        (int) datasetId,
                        slice,
                        counted.getOrDefault(datasetId, new MutableRoaringBitmap()));
            }
        }
    }

    private Set<Long> datasetIds() {
        Set<Long> ids = new TreeSet<>();
        for (Segment segment : segments) {
            DatasetBitmaps.Cursor cursor = segment.datasets().cursor();
            while (cursor.next()) {
                ids.add(cursor.key() >>> Integer.SIZE);
            }
        }
        return ids;
    }

    private void compare(int datasetId, int slice, MutableRoaringBitmap counted) {
        MutableRoaringBitmap held = new MutableRoaringBitmap();
        for (Segment segment : segments) {
            SliceChange change = segment.datasets().find(datasetId, slice);
            if (change != null) {
                String name = segment.datasets().file().name();
                tell(name, datasetId, "is gained twice", and(change.gained(), held));
                tell(name, datasetId, "is lost unheld", andNot(change.lost(), held));
                change.applyTo(held);
            }
        }
        String name = "stack of segments";
        tell(name, datasetId, "has URLs and is not in the bitmap", andNot(counted, held));
        tell(name, datasetId, "is in the bitmap and has no URLs", andNot(held, counted));
    }

    private void tell(String name, int datasetId, String problem, ImmutableRoaringBitmap ordinals) {
        if (!ordinals.isEmpty()) {
            report.accept(
                    name,
                    "ordinal %d of dataset %d %s, and %d more"
                            .formatted(
                                    ordinals.first(),
                                    Integer.toUnsignedLong(datasetId),
                                    problem,
                                    ordinals.getLongCardinality() - 1));
        }
    }

    private void checkCount(String name, String what, long expected, long found) {
        if (expected != found) {
            report.accept(name, "%d %s expected, found %d".formatted(expected, what, found));
        }
    }

    private static ImmutableRoaringBitmap and(ImmutableRoaringBitmap a, ImmutableRoaringBitmap b) {
        return ImmutableRoaringBitmap.and(a, b);
    }

    private static ImmutableRoaringBitmap andNot(
            ImmutableRoaringBitmap a, ImmutableRoaringBitmap b) {
        return ImmutableRoaringBitmap.andNot(a, b);
    }
}
