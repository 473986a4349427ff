package dev.whence.lake;

import java.util.List;

/** What was written: rows, bytes, the CRC32C of the whole file, and its row groups in order. */
public record UrlFileSummary(long rows, long bytes, int crc32c, List<RowGroupSummary> rowGroups) {

    public String firstDomain() {
        return rowGroups.getFirst().firstDomain();
    }

    public String lastDomain() {
        return rowGroups.getLast().lastDomain();
    }
}
