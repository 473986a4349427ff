package dev.whence.index;

import java.util.List;
import java.util.Optional;

/**
 * Decides, from sizes alone, which adjacent blocks of a stack are to be folded together: each byte
 * is rewritten about log N times. Pure.
 */
public final class TieredStack {

    /** The blocks {@code [from, to)} of the stack, oldest first. */
    public record Fold(int from, int to) {}

    /**
     * @param fanOut how many of a size make one of the next, 2 to 32
     * @param mostLive how many blocks may be live at most
     */
    public TieredStack(int fanOut, int mostLive) {
        throw new UnsupportedOperationException();
    }

    public Optional<Fold> plan(List<Long> sizes) {
        throw new UnsupportedOperationException();
    }
}
