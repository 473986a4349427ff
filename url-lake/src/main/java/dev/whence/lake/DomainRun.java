package dev.whence.lake;

/** A maximal range of rows of one domain inside a row group. */
public record DomainRun(int rowGroup, String domain, long rows) {}
