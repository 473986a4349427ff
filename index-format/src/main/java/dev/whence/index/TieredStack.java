package dev.whence.index;

import java.util.List;
import java.util.Optional;

/**
 * Decides, from sizes alone, which adjacent blocks of a stack are to be folded together: each byte
 * is rewritten about log N times. Pure and thread-safe.
 *
 * <p>A block's tier is the logarithm of its size to the base of the fan-out. As soon as a fan-out
 * of neighbours are of one tier or below they are folded, small tiers first. Where more blocks are
 * live than may be although no tier is full, the neighbours are folded that cost least for each
 * block that goes.
 */
public final class TieredStack {

    /** Eight of a size make the next; at most twelve blocks are looked at by a query. */
    public static final int DEFAULT_FAN_OUT = 8;

    public static final int DEFAULT_MOST_LIVE = 12;

    private final int fanOut;
    private final int mostLive;

    /** The blocks {@code [from, to)} of the stack, oldest first. */
    public record Fold(int from, int to) {}

    public TieredStack() {
        this(DEFAULT_FAN_OUT, DEFAULT_MOST_LIVE);
    }

    /**
     * @param fanOut how many of a size make one of the next, 2 to 32
     * @param mostLive how many blocks may be live at most, 1 or more
     */
    public TieredStack(int fanOut, int mostLive) {
        if (fanOut < 2 || fanOut > 32) {
            throw new IllegalArgumentException("Fan-out is 2 to 32: " + fanOut);
        }
        if (mostLive < 1) {
            throw new IllegalArgumentException("At least 1 block is live: " + mostLive);
        }
        this.fanOut = fanOut;
        this.mostLive = mostLive;
    }

    /**
     * The next fold, or none if the stack is in order. To be asked again after each fold.
     *
     * @param sizes of the live blocks, oldest first, in any unit that grows with their bytes
     */
    public Optional<Fold> plan(List<Long> sizes) {
        Optional<Fold> full = fullTier(sizes);
        return full.isPresent() || sizes.size() <= mostLive ? full : Optional.of(cheapest(sizes));
    }

    private Optional<Fold> fullTier(List<Long> sizes) {
        int[] tiers = sizes.stream().mapToInt(this::tier).toArray();
        for (int tier = 0; tier <= Long.SIZE; tier++) {
            int from = 0;
            for (int i = 0; i <= tiers.length; i++) {
                if (i == tiers.length || tiers[i] > tier) {
                    if (i - from >= fanOut) {
                        return Optional.of(new Fold(from, i));
                    }
                    from = i + 1;
                }
            }
        }
        return Optional.empty();
    }

    /** Neighbours whose bytes for each block that goes are fewest; among equals the newest. */
    private static Fold cheapest(List<Long> sizes) {
        Fold cheapest = new Fold(0, sizes.size());
        double least = Double.POSITIVE_INFINITY;
        for (int from = 0; from < sizes.size() - 1; from++) {
            double bytes = sizes.get(from);
            for (int to = from + 2; to <= sizes.size(); to++) {
                bytes += sizes.get(to - 1);
                double cost = bytes / (to - from - 1);
                if (cost <= least) {
                    least = cost;
                    cheapest = new Fold(from, to);
                }
            }
        }
        return cheapest;
    }

    private int tier(long size) {
        int tier = 0;
        for (long rest = size; rest >= fanOut; rest /= fanOut) {
            tier++;
        }
        return tier;
    }
}
