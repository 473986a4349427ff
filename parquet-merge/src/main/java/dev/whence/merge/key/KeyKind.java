package dev.whence.merge.key;

/** A family of types whose values compare with each other; those of two families never do. */
public enum KeyKind {
    /** Integers of 8 to 64 bits, signed or not. */
    INTEGER,
    /** Floating point of 16, 32 or 64 bits. */
    FLOATING,
    /** Decimals of any physical type, precision and scale. */
    DECIMAL,
    BOOLEAN,
    /** Strings, enums, JSON, BSON, UUIDs and plain bytes, in unsigned bytewise order. */
    BYTES,
    /** Days. */
    DATE,
    /** Times of day, of any unit. */
    TIME,
    /** Timestamps adjusted to UTC of any unit, and INT96. */
    INSTANT,
    /** Timestamps of no time zone, of any unit. */
    LOCAL_TIMESTAMP
}
