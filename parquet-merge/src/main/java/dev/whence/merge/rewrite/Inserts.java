package dev.whence.merge.rewrite;

import dev.whence.merge.DataFile;
import dev.whence.merge.Fate;
import dev.whence.merge.FileOutcome;
import dev.whence.merge.FileStyle;
import dev.whence.merge.MergeSettings;
import dev.whence.merge.Partition;
import dev.whence.merge.Progress;
import dev.whence.merge.Progress.Phase;
import dev.whence.merge.Staging;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.plan.Planned;
import dev.whence.merge.rows.RowSort;
import dev.whence.merge.rows.RowWalk;
import dev.whence.merge.rows.SourceRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/** Writes source rows to new files of their partitions, in the table's order. */
final class Inserts {
    private static final long FILE_BYTES = 128L << 20;
    private static final int MOST_ROWS = 20_000_000;

    private final Planned plan;
    private final FileStyle style;
    private final MergeSettings settings;
    private final Staging staging;
    private final ScratchNames scratch;
    private final Progress progress;
    private final List<Optional<ColumnChunkMetaData>> examples;

    Inserts(
            Planned plan,
            FileStyle style,
            MergeSettings settings,
            Staging staging,
            ScratchNames scratch,
            Progress progress)
            throws IOException {
        this.plan = plan;
        this.style = style;
        this.settings = settings;
        this.staging = staging;
        this.scratch = scratch;
        this.progress = progress;
        this.examples = examples();
    }

    /** Writes those of the source's rows; one outcome for each new file. */
    List<FileOutcome> write(int[] rows) throws IOException {
        var done = new AtomicLong();
        List<Callable<List<FileOutcome>>> tasks = new ArrayList<>();
        byPartition(rows)
                .forEach((partition, own) ->
                        tasks.add(() -> {
                            List<FileOutcome> files = write(place(partition), own);
                            progress.at(Phase.INSERT, done.addAndGet(own.length), rows.length);
                            return files;
                        }));
        return SideBySide.run(settings.threads(), tasks).stream().flatMap(List::stream).toList();
    }

    private Partition place(int partition) {
        return partition < 0 ? Partition.NONE : plan.source().partitions().get(partition);
    }

    private Map<Integer, int[]> byPartition(int[] rows) {
        SourceRows source = plan.source();
        if (source.partitions().size() <= 1) {
            return rows.length == 0 ? Map.of() : Map.of(source.partition(rows[0]), rows);
        }
        Map<Integer, IntStream.Builder> groups = new TreeMap<>();
        for (int row : rows) {
            groups.computeIfAbsent(source.partition(row), _ -> IntStream.builder()).add(row);
        }
        Map<Integer, int[]> arrays = new TreeMap<>();
        groups.forEach((partition, group) -> arrays.put(partition, group.build().toArray()));
        return arrays;
    }

    private List<FileOutcome> write(Partition partition, int[] rows) throws IOException {
        if (!plan.table().sortedBy().isEmpty()) {
            RowSort.sort(rows, plan.source());
        }
        List<FileOutcome> files = new ArrayList<>();
        int next = 0;
        while (next < rows.length) {
            Path path = scratch.next();
            long bytes;
            long before = next;
            try (NewFile out = new NewFile(path, plan.table().schema(), style)) {
                do {
                    int end = rowGroupEnd(rows, next);
                    writeRowGroup(out, rows, next, end);
                    next = end;
                } while (next < rows.length && out.bytes() < FILE_BYTES);
                bytes = out.finish(style.keyValues(Map.of()));
            }
            files.add(
                    new FileOutcome(
                            Fate.INSERTED,
                            Optional.empty(),
                            Optional.of(scratch.stage(staging, partition, path, bytes)),
                            next - before));
        }
        return files;
    }

    /** A row group takes as many rows as fit the memory of a thread. */
    private int rowGroupEnd(int[] rows, int from) {
        long left = settings.memoryBytes();
        int end = from;
        while (end < rows.length && end - from < MOST_ROWS && (left > 0 || end == from)) {
            left -= plan.source().bytes(rows[end++]);
        }
        return from + withinDictionaries(rows, from, end);
    }

    private int withinDictionaries(int[] rows, int from, int to) {
        List<ColumnDescriptor> columns = plan.table().schema().getColumns();
        int within = to - from;
        if (columns.stream().allMatch(leaf -> isUnbounded(style.largestDictionaryBytes(leaf)))) {
            return within;
        }
        RowWalk walk = plan.source().walk(rows, from, to);
        for (ColumnDescriptor column : columns) {
            long largest = style.largestDictionaryBytes(column);
            if (!isUnbounded(largest)) {
                within = Math.min(within, walk.rowsWithin(largest));
            }
            walk.nextColumn();
        }
        return within;
    }

    private static boolean isUnbounded(long bytes) {
        return bytes == Long.MAX_VALUE;
    }

    private void writeRowGroup(NewFile out, int[] rows, int from, int to) throws IOException {
        MessageType schema = plan.table().schema();
        out.beginRowGroup(to - from, Orders.places(plan.table().sortedBy(), schema));
        RowWalk walk = plan.source().walk(rows, from, to);
        for (int leaf = 0; leaf < schema.getColumns().size(); leaf++) {
            ColumnDescriptor column = schema.getColumns().get(leaf);
            out.writeColumn(
                    column,
                    style.chunk(column, examples.get(leaf), to - from),
                    (writer, store) -> ColumnSplice.write(walk, writer, store));
            walk.nextColumn();
        }
        out.endRowGroup();
    }

    /** How each column is written in the target's first row group. */
    private List<Optional<ColumnChunkMetaData>> examples() throws IOException {
        List<ColumnDescriptor> columns = plan.table().schema().getColumns();
        if (plan.files().isEmpty()) {
            return columns.stream().map(column -> Optional.<ColumnChunkMetaData>empty()).toList();
        }
        DataFile first = plan.files().getFirst().file();
        try (ParquetInput input = plan.footers().open(first)) {
            List<BlockMetaData> groups = input.rowGroups();
            return columns.stream()
                    .map(column ->
                            groups.isEmpty()
                                    ? Optional.<ColumnChunkMetaData>empty()
                                    : groups.getFirst().getColumns().stream()
                                            .filter(chunk ->
                                                    Arrays.equals(
                                                            chunk.getPath().toArray(),
                                                            column.getPath()))
                                            .findFirst())
                    .toList();
        }
    }
}
