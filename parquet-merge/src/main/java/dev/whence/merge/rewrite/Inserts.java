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
import dev.whence.merge.file.Footers;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.SideBySide;
import dev.whence.merge.rows.RowSort;
import dev.whence.merge.rows.RowWalk;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
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
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;

/** Writes source rows to new files of their partitions, in the table's order. */
public final class Inserts {
    /** A file ends with the row group that takes it past this. */
    public static final long FILE_BYTES = 128L << 20;

    private static final int MOST_ROWS = 20_000_000;

    private final TableSpec table;
    private final SourceRows source;
    private final List<Optional<ColumnChunkMetaData>> examples;
    private final FileStyle style;
    private final MergeSettings settings;
    private final long fileBytes;
    private final Map<String, String> keyValues;
    private final Staging staging;
    private final ScratchNames scratch;
    private final Progress progress;

    /**
     * Writes as one of the target's files is written.
     *
     * @param footers of the target
     * @param example one of its files; empty if it has none
     * @param fileBytes a file ends with the row group that takes it past this
     * @param keyValues what the footers say of all the files that the new ones take the place of
     * @param scratch a local directory for files in the making
     */
    public Inserts(
            TableSpec table,
            SourceRows source,
            Footers footers,
            Optional<DataFile> example,
            FileStyle style,
            MergeSettings settings,
            long fileBytes,
            Map<String, String> keyValues,
            Staging staging,
            Path scratch,
            Progress progress)
            throws IOException {
        this.table = table;
        this.source = source;
        this.style = style;
        this.settings = settings;
        this.fileBytes = fileBytes;
        this.keyValues = Map.copyOf(keyValues);
        this.staging = staging;
        this.scratch = new ScratchNames(scratch);
        this.progress = progress;
        this.examples = examples(footers, example);
    }

    /** Writes those of the source's rows; one outcome for each new file. */
    public List<FileOutcome> write(int[] rows) throws IOException {
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
        return partition < 0 ? Partition.NONE : source.partitions().get(partition);
    }

    private Map<Integer, int[]> byPartition(int[] rows) {
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
        if (!table.sortedBy().isEmpty()) {
            RowSort.sort(rows, source);
        }
        List<FileOutcome> files = new ArrayList<>();
        int next = 0;
        while (next < rows.length) {
            Path path = scratch.next();
            long bytes;
            long before = next;
            try (NewFile out = new NewFile(path, table.schema(), style)) {
                do {
                    int end = rowGroupEnd(rows, next);
                    writeRowGroup(out, rows, next, end);
                    next = end;
                } while (next < rows.length && out.bytes() < fileBytes);
                bytes = out.finish(style.keyValues(keyValues));
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

    /** A row group takes as many rows as fit the memory of a thread, and a file. */
    private int rowGroupEnd(int[] rows, int from) {
        long left = Math.min(settings.memoryBytes(), fileBytes);
        int end = from;
        while (end < rows.length && end - from < MOST_ROWS && (left > 0 || end == from)) {
            left -= source.bytes(rows[end++]);
        }
        return from + withinDictionaries(rows, from, end);
    }

    private int withinDictionaries(int[] rows, int from, int to) {
        List<ColumnDescriptor> columns = table.schema().getColumns();
        int within = to - from;
        if (columns.stream().allMatch(leaf -> isUnbounded(style.largestDictionaryBytes(leaf)))) {
            return within;
        }
        RowWalk walk = source.walk(rows, from, to);
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
        MessageType schema = table.schema();
        out.beginRowGroup(to - from, Orders.places(table.sortedBy(), schema));
        RowWalk walk = source.walk(rows, from, to);
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

    /** How each column is written in the example's first row group. */
    private List<Optional<ColumnChunkMetaData>> examples(
            Footers footers, Optional<DataFile> example) throws IOException {
        List<ColumnChunkMetaData> chunks = List.of();
        if (example.isPresent()) {
            try (ParquetInput input = footers.open(example.get())) {
                chunks =
                        input.rowGroups().isEmpty()
                                ? chunks
                                : input.rowGroups().getFirst().getColumns();
            }
        }
        List<Optional<ColumnChunkMetaData>> found = new ArrayList<>();
        for (ColumnDescriptor column : table.schema().getColumns()) {
            found.add(
                    chunks.stream()
                            .filter(chunk ->
                                    Arrays.equals(chunk.getPath().toArray(), column.getPath()))
                            .findFirst());
        }
        return found;
    }
}
