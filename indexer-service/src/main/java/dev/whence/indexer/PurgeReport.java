package dev.whence.indexer;

import java.util.List;

/**
 * What a look for rows that are taken down came to.
 *
 * @param filesLookedThrough live files that hold one of the domains
 * @param filesPurged those of them that are to be replaced
 * @param rows that will be gone
 * @param bytesWritten of the new files
 */
public record PurgeReport(long filesLookedThrough, long filesPurged, long rows, long bytesWritten) {
    static final PurgeReport NONE = new PurgeReport(0, 0, 0, 0);

    static PurgeReport of(long filesLookedThrough, List<Purged> purged) {
        return new PurgeReport(
                filesLookedThrough,
                purged.stream().mapToLong(each -> each.removed().size()).sum(),
                purged.stream().mapToLong(Purged::rows).sum(),
                purged.stream().mapToLong(Purged::bytes).sum());
    }

    public boolean isEmpty() {
        return filesLookedThrough == 0;
    }
}
