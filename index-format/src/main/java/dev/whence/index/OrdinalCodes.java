package dev.whence.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which runs of ordinals have a code of their own, and which ordinals are the others. The largest
 * runs have one, as many as make the file smallest; small runs would cost more in counts than they
 * save. Immutable.
 */
final class OrdinalCodes {
    static final int GROUP_RANKS = 512;
    static final int WORDS = GROUP_RANKS / Long.SIZE;
    static final int MOST_RUNS = 63;

    private final int domains;
    private final int[] starts;
    private final int[] lengths;

    /** How many ordinals runs with a code hold below the start of each, and in all. */
    private final int[] covered;

    private OrdinalCodes(int domains, List<OrdinalRun> runs) {
        this.domains = domains;
        this.starts = runs.stream().mapToInt(OrdinalRun::start).toArray();
        this.lengths = runs.stream().mapToInt(OrdinalRun::length).toArray();
        this.covered = new int[starts.length + 1];
        for (int i = 0; i < starts.length; i++) {
            covered[i + 1] = covered[i] + lengths[i];
        }
    }

    /**
     * @param runs ascending, without overlaps, at most {@value #MOST_RUNS}
     */
    static OrdinalCodes of(int domains, List<OrdinalRun> runs) {
        return new OrdinalCodes(domains, runs);
    }

    /** The best choice among runs. */
    static OrdinalCodes choose(int domains, List<OrdinalRun> runs) {
        List<OrdinalRun> largest = new ArrayList<>(runs);
        largest.sort(Comparator.comparingInt(OrdinalRun::length).reversed());
        OrdinalCodes best = of(domains, List.of());
        for (int count = 1; count <= Math.min(largest.size(), MOST_RUNS); count++) {
            List<OrdinalRun> some = new ArrayList<>(largest.subList(0, count));
            some.sort(Comparator.comparingInt(OrdinalRun::start));
            OrdinalCodes codes = of(domains, some);
            if (codes.bytes() < best.bytes()) {
                best = codes;
            }
        }
        return best;
    }

    /** How many runs have a code. */
    int runs() {
        return starts.length;
    }

    OrdinalRun run(int code) {
        return new OrdinalRun(starts[code], lengths[code]);
    }

    /** How many ordinals have none. */
    int others() {
        return domains - covered[starts.length];
    }

    /** The runs, and the others if there are any. */
    int codes() {
        return starts.length + (others() > 0 ? 1 : 0);
    }

    /** Bits of a code. */
    int planes() {
        return Integer.SIZE - Integer.numberOfLeadingZeros(codes() - 1);
    }

    int groups() {
        return (int) ((domains + GROUP_RANKS - 1L) / GROUP_RANKS);
    }

    int groupBytes() {
        return codes() * Integer.BYTES + planes() * WORDS * Long.BYTES;
    }

    /** Bits of an ordinal, or a rank. */
    int width() {
        return PackedInts.width(domains);
    }

    /** The code of an ordinal: its run, or {@link #runs()}. */
    int codeOf(int ordinal) {
        int at = floor(ordinal);
        return at >= 0 && ordinal - starts[at] < lengths[at] ? at : starts.length;
    }

    /** Which of the others, in their order, an ordinal without a run is. */
    int otherOf(int ordinal) {
        return ordinal - covered[floor(ordinal) + 1];
    }

    private int floor(int ordinal) {
        int found = Arrays.binarySearch(starts, ordinal);
        return found >= 0 ? found : -found - 2;
    }

    private long bytes() {
        return (long) groups() * groupBytes() + 2L * others() * width() / Byte.SIZE;
    }
}
