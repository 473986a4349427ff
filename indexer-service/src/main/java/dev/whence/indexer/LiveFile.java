package dev.whence.indexer;

import dev.whence.index.FileTail;
import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.RowGroupSummary;
import dev.whence.lake.UrlFile;
import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * A file that becomes live with the next version: a landing file as it is, or what was made of
 * others. Of what it holds, the domains take most: a tail is a few bytes for each page of the file.
 *
 * @param tail what the index shall carry of its end; empty for a small file
 */
record LiveFile(
        int datasetId,
        String key,
        long bytes,
        List<RowGroupBounds> rowGroups,
        DomainCounts counts,
        Optional<FileTail> tail) {

    static LiveFile of(
            int datasetId,
            String key,
            long bytes,
            List<RowGroupSummary> rowGroups,
            DomainCounts counts,
            Optional<byte[]> tail) {
        return new LiveFile(
                datasetId,
                key,
                bytes,
                rowGroups.stream()
                        .map(group ->
                                new RowGroupBounds(
                                        group.rows(), group.firstDomain(), group.lastDomain()))
                        .toList(),
                counts,
                tail.map(held -> () -> held));
    }

    /** Reads what an indexer wrote: the footer and the domain column. */
    static LiveFile read(ObjectStore store, int datasetId, DataFile file) throws IOException {
        UrlFile opened = UrlFile.open(store, file.key(), file.bytes());
        var counts = new DomainCounts.Builder();
        opened.domainRuns(counts::add);
        return of(
                datasetId,
                file.key(),
                file.bytes(),
                opened.rowGroups(),
                counts.build(),
                opened.tail());
    }

    LakeFile withId(long fileId) {
        return new LakeFile(fileId, datasetId, key, bytes, rowGroups);
    }
}
