package dev.whence.catalog;

/**
 * Versions that name no object any more which holds a URL that was taken down.
 *
 * @param rules the number of access rules: all that they take down is gone
 * @param version from this one on
 */
public record Purge(long rules, long version) {}
