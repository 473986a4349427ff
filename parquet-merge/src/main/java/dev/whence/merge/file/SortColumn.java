package dev.whence.merge.file;

/**
 * A column by which rows of a row group are ordered.
 *
 * @param path dots between the parts
 */
public record SortColumn(String path, boolean descending, boolean nullsFirst) {}
