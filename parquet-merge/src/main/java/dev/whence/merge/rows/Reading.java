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
 * @param ofTable whether the files are the table's own: a column that one lacks is null
 * @param partitioners where rows belong
 */
public record Reading(
        List<String> keyColumns,
        List<SortOrder> rank,
        boolean keysOnly,
        boolean placesRows,
        boolean ofTable,
        Partitioner.Factory partitioners) {

    /** What a merge wants. */
    public static Reading of(MergeRequest request, TableSpec table) {
        MergeStrategy strategy = request.strategy();
        return new Reading(
                strategy == MergeStrategy.APPEND ? List.of() : request.keyColumns(),
                request.dedupOrderBy(),
                !strategy.needsRows(),
                strategy.addsUnmatched(),
                false,
                byColumns(table.partitionColumns(), false));
    }

    /** All rows of a table's own files, to be written anew. */
    public static Reading ofRows(Partitioner.Factory partitioners) {
        return new Reading(List.of(), List.of(), false, true, true, partitioners);
    }

    /** The same, by columns that hold the partition. */
    public static Reading ofRows(List<String> partitionColumns) {
        return ofRows(byColumns(partitionColumns, true));
    }

    /** Of the same rows only the partitions. */
    public static Reading ofPlaces(List<String> partitionColumns) {
        return new Reading(
                List.of(), List.of(), true, true, true, byColumns(partitionColumns, true));
    }

    /** The keys of a table's own rows. */
    public static Reading ofKeys(List<String> keyColumns, List<SortOrder> rank) {
        return new Reading(keyColumns, rank, true, false, true, (_, _) -> Optional.empty());
    }

    private static Partitioner.Factory byColumns(
            List<String> partitionColumns, boolean absentIsNull) {
        return (schema, place) -> PartitionValues.of(partitionColumns, schema, place, absentIsNull);
    }

    /** What an error calls a file. */
    String named(String key) {
        return (ofTable ? "file " : "source ") + key;
    }
}
