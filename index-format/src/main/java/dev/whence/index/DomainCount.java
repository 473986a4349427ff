package dev.whence.index;

/** A domain and how many URLs of it a dataset holds. */
public record DomainCount(String domain, long urls) {}
