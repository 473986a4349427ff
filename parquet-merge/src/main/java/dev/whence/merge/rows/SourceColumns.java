package dev.whence.merge.rows;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.key.KeyFilter;
import dev.whence.merge.key.KeyRanges;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/**
 * What is read of one source file, and what for: one column may be part of the key, of the rank
 * among rows of one key, of the sort order, of the partition and of the row, and has one reader.
 * Immutable.
 */
final class SourceColumns {
    private final RowKey key;
    private final SortColumns rank;
    private final SortColumns sort;
    private final Optional<Partitioner> partition;
    private final List<LeafMapping> row;
    private final List<ColumnDescriptor> leaves;
    private final int[] keyReaders;
    private final int[] rankReaders;
    private final int[] sortReaders;
    private final int[] partitionReaders;
    private final int[] rowReaders;
    private final int[] otherReaders;

    private SourceColumns(
            RowKey key,
            SortColumns rank,
            SortColumns sort,
            Optional<Partitioner> partition,
            List<LeafMapping> row) {
        this.key = key;
        this.rank = rank;
        this.sort = sort;
        this.partition = partition;
        this.row = row;
        List<ColumnDescriptor> inRow =
                row.stream().flatMap(mapping -> mapping.from().stream()).toList();
        List<ColumnDescriptor> inPartition = partition.map(Partitioner::leaves).orElse(List.of());
        Set<ColumnDescriptor> all = new LinkedHashSet<>(inRow);
        all.addAll(key.leaves());
        all.addAll(rank.leaves());
        all.addAll(sort.leaves());
        all.addAll(inPartition);
        leaves = List.copyOf(all);
        keyReaders = readers(key.leaves());
        rankReaders = readers(rank.leaves());
        sortReaders = readers(sort.leaves());
        partitionReaders = readers(inPartition);
        rowReaders =
                row.stream()
                        .mapToInt(mapping -> mapping.from().map(leaves::indexOf).orElse(-1))
                        .toArray();
        otherReaders = readers(leaves.stream().filter(leaf -> !inRow.contains(leaf)).toList());
    }

    /**
     * Finds them.
     *
     * @throws MergeRefusedException if the table cannot hold the file's rows
     */
    static SourceColumns of(
            ParquetInput file, TableSpec table, Reading reading, RowKey key, String what) {
        MessageType schema = file.schema();
        Partition place = file.file().partition();
        List<SortColumn> rank =
                reading.rank().stream()
                        .map(order ->
                                new SortColumn(
                                        order.column(), order.descending(), !order.descending()))
                        .toList();
        boolean rows = !reading.keysOnly();
        Optional<Partitioner> partition = reading.partitioners().of(schema, place);
        if (partition.isEmpty() && reading.placesRows()) {
            throw new MergeRefusedException(
                    "%s does not say which of the target's partitions (%s) its rows belong to"
                            .formatted(what, String.join(", ", table.partitionColumns())));
        }
        return new SourceColumns(
                key,
                SortColumns.of(rank, schema, place, what),
                SortColumns.of(rows ? table.sortedBy() : List.of(), schema, place, what),
                partition,
                rows ? mapping(schema, table, reading).leaves() : List.of());
    }

    private static SchemaMapping mapping(MessageType schema, TableSpec table, Reading reading) {
        Set<String> inPaths = new HashSet<>(table.partitionColumns());
        return reading.ofTable()
                ? SchemaMapping.ofTableFile(schema, table.schema(), inPaths)
                : SchemaMapping.ofSource(schema, table.schema(), inPaths);
    }

    /** The columns that have to be read. */
    List<ColumnDescriptor> leaves() {
        return leaves;
    }

    /** Appends the key of the row that the readers stand on, and notes its parts. */
    void encodeKey(
            ColumnRows rows, KeyBuffer into, List<KeyRanges> ranges, List<KeyFilter> filters) {
        for (int i = 0; i < key.parts().size(); i++) {
            int from = into.length();
            key.encode(key.parts().get(i), rows, keyReaders, into);
            ranges.get(i).add(into.bytes(), from, into.length() - from);
            filters.get(i).add(into.bytes(), from, into.length() - from);
        }
    }

    void encodeRank(ColumnRows rows, KeyBuffer into) {
        rank.encode(rows, rankReaders, into);
    }

    void encodeSort(ColumnRows rows, KeyBuffer into) {
        sort.encode(rows, sortReaders, into);
    }

    Optional<Partition> partition(ColumnRows rows) {
        return partition.map(values -> values.read(rows, partitionReaders));
    }

    /** Takes the row, and leaves all readers at the next. */
    void readRow(ColumnRows rows, List<LeafRows> columns, RowBuffer into) {
        for (int i = 0; i < row.size(); i++) {
            LeafMapping mapping = row.get(i);
            if (rowReaders[i] < 0) {
                columns.get(i).putAbsent(into);
            } else {
                columns.get(i).read(rows.reader(rowReaders[i]), mapping, into);
            }
        }
        for (int reader : otherReaders) {
            ColumnRows.skipRow(rows.reader(reader));
        }
    }

    private int[] readers(List<ColumnDescriptor> wanted) {
        return wanted.stream().mapToInt(leaves::indexOf).toArray();
    }
}
