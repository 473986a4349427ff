package dev.whence.merge.plan;

import dev.whence.merge.MergeStrategy;
import java.util.List;

/**
 * What a merge costs, in bytes of the target as they are stored.
 *
 * @param read bytes of the files that are written anew
 * @param write bytes of new files, without what is inserted
 * @param encode of those, what has to be decoded and encoded, and is not copied
 */
public record Estimate(long read, long write, long encode) {

    /** All files, everything encoded. */
    static Estimate ofFull(List<FilePlan> files) {
        long all =
                files.stream()
                        .flatMap(file -> file.rowGroups().stream())
                        .mapToLong(RowGroupPlan::bytes)
                        .sum();
        return new Estimate(all, all, all);
    }

    /** Affected files; of affected row groups, the key columns of rows that stay are copied. */
    static Estimate ofIncremental(List<FilePlan> files, MergeStrategy strategy) {
        boolean rowsStay = strategy != MergeStrategy.DELETE;
        long read = 0;
        long encode = 0;
        for (FilePlan file : files) {
            if (!file.isAffected()) {
                continue;
            }
            for (RowGroupPlan group : file.rowGroups()) {
                read += group.bytes();
                if (group.reason().isAffected()) {
                    encode += group.bytes() - (rowsStay ? group.keyBytes() : 0);
                }
            }
        }
        return new Estimate(read, read, encode);
    }
}
