package dev.whence.index;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** How numbers lie in a mapped file: little-endian, at any address. */
final class LittleEndian {
    static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}
}
