package dev.whence.index;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides, from sizes alone, which adjacent blocks of a stack are to be folded together: each byte
 * is rewritten about log N times. Pure and thread-safe.
 *
 * <p>A block's tier is the logarithm of its size to the base of the fan-out. As soon as a fan-out
 * of one tier stand together (smaller ones between them do not count) they are folded, small tiers
 * first. Where more blocks are live than may be although no tier is full, those neighbours are
 * folded whose sizes have the greatest entropy: that is how many times over, in bits, an average
 * byte of theirs finds its block grown, which bounds how often a byte can be rewritten.
 */
public final class TieredStack {

    private final int fanOut;
    private final int mostLive;

    /** The blocks {@code [from, to)} of the stack, oldest first. */
    public record Fold(int from, int to) {}

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
        return full.isPresent() || sizes.size() <= mostLive ? full : Optional.of(mostEven(sizes));
    }

    private Optional<Fold> fullTier(List<Long> sizes) {
        int[] tiers = sizes.stream().mapToInt(this::tier).toArray();
        for (int tier : Arrays.stream(tiers).sorted().distinct().toArray()) {
            int from = 0;
            int ofTier = 0;
            for (int i = 0; i <= tiers.length; i++) {
                if (i == tiers.length || tiers[i] > tier) {
                    if (ofTier >= fanOut) {
                        return Optional.of(new Fold(from, i));
                    }
                    from = i + 1;
                    ofTier = 0;
                } else if (tiers[i] == tier) {
                    ofTier++;
                }
            }
        }
        return Optional.empty();
    }

    /** The neighbours whose sizes have the greatest entropy; among equals the newest. */
    private static Fold mostEven(List<Long> sizes) {
        Fold best = new Fold(0, sizes.size());
        double greatest = 0;
        for (int from = 0; from < sizes.size() - 1; from++) {
            double sum = weight(sizes.get(from));
            double logs = sum * Math.log(sum);
            for (int to = from + 2; to <= sizes.size(); to++) {
                double next = weight(sizes.get(to - 1));
                sum += next;
                logs += next * Math.log(next);
                double entropy = Math.log(sum) - logs / sum;
                if (entropy >= greatest) {
                    greatest = entropy;
                    best = new Fold(from, to);
                }
            }
        }
        return best;
    }

    private static double weight(long size) {
        return Math.max(1, size);
    }

    private int tier(long size) {
        int tier = 0;
        for (long rest = size; rest >= fanOut; rest /= fanOut) {
            tier++;
        }
        return tier;
    }
}
