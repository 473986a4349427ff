package dev.whence.merge.plan;

import dev.whence.merge.DataFile;
import java.util.List;

/**
 * What is known of a file of the target.
 *
 * @param number its place in the target's list
 */
public record FilePlan(int number, DataFile file, List<RowGroupPlan> rowGroups) {
    public FilePlan {
        rowGroups = List.copyOf(rowGroups);
    }

    public long rows() {
        return rowGroups.stream().mapToLong(RowGroupPlan::rows).sum();
    }

    public boolean isAffected() {
        return rowGroups.stream().anyMatch(group -> group.reason().isAffected());
    }
}
