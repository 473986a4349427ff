package dev.whence.lake;

/** A row group's rows and the first and last domain in it. */
public record RowGroupSummary(long rows, String firstDomain, String lastDomain) {}
