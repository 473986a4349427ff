package dev.whence.index;

/** A row group's rows and the first and last domain in it: a sparse posting. */
public record RowGroupBounds(long rows, String firstDomain, String lastDomain) {}
