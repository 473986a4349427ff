package dev.whence.index;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;

/** The domains of one selection. For one question; not thread-safe. */
final class SelectedDomains {

    /** At half a mebibyte each at most, enough for 268 million domains. */
    private static final int MOST_SLICES_HELD = 64;

    private final IndexSnapshot snapshot;
    private final HeldBitmaps folded;
    private final DatasetSelection selection;
    private final Runnable check;
    private final Map<Integer, ImmutableRoaringBitmap> slices = new HashMap<>();

    /**
     * The domains of a selection.
     *
     * @param check is run before each look at a dataset; what it throws ends the question
     */
    SelectedDomains(
            IndexSnapshot snapshot,
            HeldBitmaps folded,
            DatasetSelection selection,
            Runnable check) {
        this.snapshot = snapshot;
        this.folded = folded;
        this.selection = selection;
        this.check = check;
    }

    /** How many there are; no further than where it is clear that there are more than a limit. */
    long count(long limit) {
        long count = 0;
        for (int slice = 0; slice < slices() && count <= limit; slice++) {
            count += in(slice).getLongCardinality();
        }
        return count;
    }

    /** How many slices there may be some in. */
    int slices() {
        return Slice.count(snapshot.domains());
    }

    /** Those of one slice. */
    ImmutableRoaringBitmap in(int slice) {
        List<Integer> allOf = selection.allOf();
        ImmutableRoaringBitmap found = held(allOf.getFirst(), slice);
        for (int i = 1; i < allOf.size() && !found.isEmpty(); i++) {
            found = ImmutableRoaringBitmap.and(found, held(allOf.get(i), slice));
        }
        for (int i = 0; i < selection.noneOf().size() && !found.isEmpty(); i++) {
            found = ImmutableRoaringBitmap.andNot(found, held(selection.noneOf().get(i), slice));
        }
        return found;
    }

    private ImmutableRoaringBitmap held(int datasetId, int slice) {
        check.run();
        return folded.held(datasetId, slice);
    }

    /** Whether one is among them; ordinals may come in any order. */
    boolean contains(int ordinal) {
        ImmutableRoaringBitmap found = slices.get(Slice.of(ordinal));
        if (found == null) {
            if (slices.size() == MOST_SLICES_HELD) {
                return containsByCounts(ordinal);
            }
            found = in(Slice.of(ordinal));
            slices.put(Slice.of(ordinal), found);
        }
        return found.contains(ordinal);
    }

    private boolean containsByCounts(int ordinal) {
        List<Integer> holders =
                snapshot.datasetsOf(ordinal).stream().map(DatasetCount::datasetId).toList();
        return holders.containsAll(selection.allOf())
                && selection.noneOf().stream().noneMatch(holders::contains);
    }
}
