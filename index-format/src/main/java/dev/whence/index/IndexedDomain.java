package dev.whence.index;

/** A domain with its ordinal. */
public record IndexedDomain(String domain, int ordinal) {}
