package dev.whence.merge.rows;

import dev.whence.merge.MergeRequest;
import dev.whence.merge.MergeStrategy;
import dev.whence.merge.SortOrder;
import java.util.List;
import java.util.Optional;

/**
 * What is wanted of a source.
 *
 * @param keyColumns none if rows are not looked up
 * @param rank which row of a key wins: the first in this order, and of equal ones the last
 * @param keysOnly whether the rows' values are left out
 * @param placesRows whether every row must have a partition
 * @param partitioners where rows belong
 */
public record Reading(
        List<String> keyColumns,
        List<SortOrder> rank,
        boolean keysOnly,
        boolean placesRows,
        Partitioner.Factory partitioners) {

    /** What a merge wants. */
    public static Reading of(MergeRequest request, TableSpec table) {
        MergeStrategy strategy = request.strategy();
        return new Reading(
                strategy == MergeStrategy.APPEND ? List.of() : request.keyColumns(),
                request.dedupOrderBy(),
                !strategy.needsRows(),
                strategy.addsUnmatched(),
                (schema, place) -> PartitionValues.of(table.partitionColumns(), schema, place));
    }

    /** All rows, wherever they belong. */
    public static Reading ofRows(Partitioner.Factory partitioners) {
        return new Reading(List.of(), List.of(), false, true, partitioners);
    }

    /** Rows with their values, by columns that hold the partition. */
    public static Reading ofRows(List<String> partitionColumns) {
        return ofRows((schema, place) -> PartitionValues.of(partitionColumns, schema, place));
    }

    /** Keys alone. */
    public static Reading ofKeys(List<String> keyColumns, List<SortOrder> rank) {
        return new Reading(keyColumns, rank, true, false, (_, _) -> Optional.empty());
    }
}
