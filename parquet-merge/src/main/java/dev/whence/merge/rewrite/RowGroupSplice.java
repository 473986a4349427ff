package dev.whence.merge.rewrite;

import dev.whence.merge.MergeStrategy;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.plan.FilePlan;
import dev.whence.merge.plan.Matches;
import dev.whence.merge.plan.Planned;
import dev.whence.merge.rows.RowSort;
import dev.whence.merge.rows.SortColumns;
import dev.whence.merge.rows.SourceRows;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** What a merge makes of the rows of a row group. */
final class RowGroupSplice implements Splicing {
    private final MergeStrategy strategy;
    private final Planned plan;
    private final Matches matches;
    private final SourceRows source;

    RowGroupSplice(MergeStrategy strategy, Planned plan) {
        this.strategy = strategy;
        this.plan = plan;
        this.matches = plan.matches();
        this.source = plan.source();
    }

    @Override
    public Splice splice(ParquetInput input, FilePlan file, int group, List<SortColumn> order)
            throws IOException {
        boolean moves =
                strategy.replacesMatched()
                        && isTableOrder(order)
                        && !isOrderedByKey(order)
                        && matches.count(file.number(), group) > 0;
        if (!moves) {
            return inPlace(file.number(), group, (int) input.rowGroups().get(group).getRowCount());
        }
        var columns =
                SortColumns.of(order, input.schema(), file.file().partition(), file.file().key());
        return sorted(input, file.number(), group, columns);
    }

    @Override
    public boolean keepsOrder(List<SortColumn> order) {
        return isTableOrder(order) || isOrderedByKey(order);
    }

    /** Equal keys are the same bits, but for numbers that can be written in more than one way. */
    @Override
    public boolean keepsValues(ColumnDescriptor leaf) {
        PrimitiveType type = leaf.getPrimitiveType();
        boolean oneForm =
                switch (type.getPrimitiveTypeName()) {
                    case INT32, INT64, BOOLEAN -> true;
                    case BINARY, FIXED_LEN_BYTE_ARRAY ->
                            !(type.getLogicalTypeAnnotation()
                                            instanceof DecimalLogicalTypeAnnotation)
                                    && !(type.getLogicalTypeAnnotation()
                                            instanceof Float16LogicalTypeAnnotation);
                    case FLOAT, DOUBLE, INT96 -> false;
                };
        // Below a group, a null has more than one form too.
        return oneForm
                && leaf.getMaxDefinitionLevel() <= 1
                && plan.keyColumns().contains(String.join(".", leaf.getPath()));
    }

    /** Whether it is the order in which source rows can be put. */
    private boolean isTableOrder(List<SortColumn> order) {
        return !order.isEmpty() && order.equals(plan.table().sortedBy());
    }

    /** Whether replaced rows have the same place as those that they replace. */
    private boolean isOrderedByKey(List<SortColumn> order) {
        return order.stream().allMatch(column -> plan.keyColumns().contains(column.path()));
    }

    /** Rows stay where they are, or leave. */
    private Splice inPlace(int file, int rowGroup, int rows) {
        var splice = new Splice.Builder();
        int[] next = {0};
        matches.forEach(
                file,
                rowGroup,
                (row, sourceRow, again) -> {
                    unmatched(splice, row - next[0]);
                    if (strategy == MergeStrategy.DELETE || again) {
                        splice.skip(1);
                    } else {
                        splice.replace(sourceRow);
                    }
                    next[0] = row + 1;
                });
        unmatched(splice, rows - next[0]);
        return splice.build();
    }

    /**
     * Replaced rows go where the order wants them, whatever place the old ones had.
     *
     * @param order of the row group's rows
     */
    private Splice sorted(ParquetInput input, int file, int rowGroup, SortColumns order)
            throws IOException {
        int rows = (int) input.rowGroups().get(rowGroup).getRowCount();
        int count = matches.count(file, rowGroup);
        int[] gone = new int[count];
        int[] put = new int[count];
        int[] counts = new int[2];
        matches.forEach(
                file,
                rowGroup,
                (row, sourceRow, again) -> {
                    gone[counts[0]++] = row;
                    if (!again) {
                        put[counts[1]++] = sourceRow;
                    }
                });
        int[] sorted = Arrays.copyOf(put, counts[1]);
        RowSort.sort(sorted, source);
        ColumnRows keys = input.columns(rowGroup, order.leaves());
        return input.reading()
                .run(
                        "order of row group " + rowGroup,
                        () -> merge(keys, rows, gone, sorted, order));
    }

    private Splice merge(ColumnRows keys, int rows, int[] gone, int[] sorted, SortColumns order) {
        int[] readers = IntStream.range(0, order.leaves().size()).toArray();
        var splice = new Splice.Builder();
        KeyBuffer place = new KeyBuffer();
        int nextGone = 0;
        int nextPut = 0;
        for (int row = 0; row < rows; row++) {
            boolean leaves = nextGone < gone.length && gone[nextGone] == row;
            if (leaves) {
                nextGone++;
            } else {
                place.clear();
                order.encode(keys, readers, place);
                while (nextPut < sorted.length && source.compareSort(sorted[nextPut], place) < 0) {
                    splice.insert(sorted[nextPut++]);
                }
            }
            if (leaves) {
                splice.skip(1);
            } else {
                unmatched(splice, 1);
            }
            for (int reader : readers) {
                ColumnRows.skipRow(keys.reader(reader));
            }
        }
        while (nextPut < sorted.length) {
            splice.insert(sorted[nextPut++]);
        }
        return splice.build();
    }

    private void unmatched(Splice.Builder splice, int rows) {
        if (rows == 0) {
            return;
        }
        if (strategy == MergeStrategy.FULL_MERGE) {
            splice.skip(rows);
        } else {
            splice.keep(rows);
        }
    }
}
