package dev.whence.lake;

import java.util.List;

/**
 * A domain's run in a row group, with rows of it that were read while it was looked for.
 *
 * @param run where it lies, or {@link RowRange#EMPTY}
 * @param rows as many as were asked for and there are
 */
public record DomainStart(RowRange run, List<UrlRow> rows) {}
