package dev.whence.indexer;

import dev.whence.index.LakeFile;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.RowGroupSummary;
import java.util.List;

/** A file that becomes live with the next version: a landing file as it is, or a reduced copy. */
record LiveFile(
        int datasetId,
        String key,
        long bytes,
        List<RowGroupBounds> rowGroups,
        DomainCounts counts) {

    static LiveFile of(
            int datasetId,
            String key,
            long bytes,
            List<RowGroupSummary> rowGroups,
            DomainCounts counts) {
        return new LiveFile(
                datasetId,
                key,
                bytes,
                rowGroups.stream()
                        .map(group ->
                                new RowGroupBounds(
                                        group.rows(), group.firstDomain(), group.lastDomain()))
                        .toList(),
                counts);
    }

    LakeFile withId(long fileId) {
        return new LakeFile(fileId, datasetId, key, bytes, rowGroups);
    }
}
