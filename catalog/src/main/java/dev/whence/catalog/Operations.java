package dev.whence.catalog;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of instructions, in a version and those before it.
 *
 * @param taken the number of the last instruction that was taken in; 0 for none
 * @param pins those in force
 * @param rollbacks those not replayed, the newest last, at most {@value #MOST_ROLLBACKS}
 * @param instruction the one that this version took in; null for none
 * @param refused why it changed nothing; null if it did what it asked for
 */
public record Operations(
        long taken,
        List<Pin> pins,
        List<Rollback> rollbacks,
        @Nullable Instruction instruction,
        @Nullable String refused) {
    /** More are forgotten, the oldest first. */
    public static final int MOST_ROLLBACKS = 100;

    public static final Operations NONE = new Operations(0, List.of(), List.of(), null, null);

    public Operations {
        pins = List.copyOf(pins);
        rollbacks =
                List.copyOf(
                        rollbacks.subList(
                                Math.max(0, rollbacks.size() - MOST_ROLLBACKS), rollbacks.size()));
    }

    /** The same in a version that took in no instruction. */
    public Operations carriedOn() {
        return new Operations(taken, pins, rollbacks, null, null);
    }

    /** The oldest version that a pin keeps; {@link Long#MAX_VALUE} without one. */
    public long oldestPinned() {
        return pins.stream().mapToLong(Pin::version).min().orElse(Long.MAX_VALUE);
    }
}
