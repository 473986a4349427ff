package dev.whence.store;

import org.jspecify.annotations.Nullable;

/** The bytes of an object that are asked for: {@code length} of them from {@code offset}. */
record Range(String key, long offset, int length) {

    Range {
        if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException(
                    "range of %d bytes from %d of %s".formatted(length, offset, key));
        }
    }

    /** The offset behind its last byte. */
    long end() {
        return offset + length;
    }

    void requireWithin(long objectBytes) throws RangeNotSatisfiableException {
        if (end() > objectBytes) {
            throw notSatisfiable("the object has " + objectBytes + " bytes", null);
        }
    }

    RangeNotSatisfiableException notSatisfiable(String why, @Nullable Throwable cause) {
        return new RangeNotSatisfiableException(
                key,
                "cannot read %d bytes from %d of %s: %s".formatted(length, offset, key, why),
                cause);
    }
}
