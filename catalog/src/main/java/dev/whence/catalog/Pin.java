package dev.whence.catalog;

/**
 * A version that stays readable, and all after it, until the pin ends.
 *
 * @param instruction that made it
 */
public record Pin(long version, long instruction) {}
