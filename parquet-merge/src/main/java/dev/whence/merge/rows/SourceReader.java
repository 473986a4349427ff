package dev.whence.merge.rows;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.Progress;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.key.KeyBuffer;
import dev.whence.merge.key.KeyFilter;
import dev.whence.merge.key.KeyRanges;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings a source's rows to scratch disk, in the target's form. Used once, by one thread. */
public final class SourceReader implements AutoCloseable {
    /** The number of a row that does not say where it belongs. */
    private static final Integer NO_PARTITION = -1;

    private static final int LARGEST_PARTITIONS = 100_000;

    private final TableSpec table;
    private final Reading reading;
    private final Path scratch;
    private final Arena arena;
    private final List<LeafRows> leaves;
    private final List<KeyRanges> ranges = new ArrayList<>();
    private final List<KeyFilter> filters = new ArrayList<>();
    private final Map<Partition, Integer> partitions = new LinkedHashMap<>();
    private final ScratchFile data;
    private final ScratchFile offsets;
    private final RowBuffer row = new RowBuffer();
    private final KeyBuffer key = new KeyBuffer();
    private final ByteBuffer offset =
            ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
    private int rows;

    /**
     * @param rangeBytes what the summary of one key column may take of memory
     */
    public SourceReader(
            TableSpec table, Reading reading, Path scratch, long rangeBytes, Arena arena)
            throws IOException {
        this.table = table;
        this.reading = reading;
        this.scratch = scratch;
        this.arena = arena;
        for (String column : reading.keyColumns()) {
            ranges.add(new KeyRanges(table.keyKinds().kind(column), rangeBytes));
            filters.add(new KeyFilter(table.keyKinds().kind(column)));
        }
        this.leaves =
                reading.keysOnly()
                        ? List.of()
                        : table.schema().getColumns().stream().map(LeafRows::new).toList();
        this.data = ScratchFile.create(scratch);
        try {
            this.offsets = ScratchFile.create(scratch);
        } catch (IOException e) {
            data.close();
            throw e;
        }
    }

    /**
     * Reads all files, in their order.
     *
     * @throws MergeRefusedException if the target cannot hold the source
     */
    public SourceRows read(Dataset source, Progress progress) throws IOException {
        int done = 0;
        for (DataFile file : source.files()) {
            progress.at(Progress.Phase.READ_SOURCE, done++, source.files().size());
            try (ParquetInput input = ParquetInput.open(source.store(), file)) {
                read(input);
            }
        }
        progress.at(Progress.Phase.READ_SOURCE, done, source.files().size());
        ranges.forEach(KeyRanges::close);
        return finish();
    }

    private void read(ParquetInput input) throws IOException {
        String what = reading.named(input.file().key());
        Partition place = input.file().partition();
        RowKey rowKey =
                RowKey.of(input.schema(), place, reading.keyColumns(), table.keyKinds(), what);
        SourceColumns columns = SourceColumns.of(input, table, reading, rowKey, what);
        for (int group = 0; group < input.rowGroups().size(); group++) {
            if (input.rowGroups().get(group).getRowCount() == 0) {
                continue;
            }
            int rowGroup = group;
            ColumnRows values = input.columns(rowGroup, columns.leaves());
            input.reading()
                    .run(
                            "row group " + rowGroup,
                            () -> {
                                for (long i = 0; i < values.rows(); i++) {
                                    add(columns, values);
                                }
                                return values;
                            });
        }
    }

    private void add(SourceColumns columns, ColumnRows values) throws IOException {
        if (rows == Integer.MAX_VALUE) {
            throw new MergeRefusedException(
                    "more than %,d rows cannot be taken at once; do it in parts"
                            .formatted(Integer.MAX_VALUE));
        }
        row.clear();
        for (int i = 0; i < SourceRows.HEADER_BYTES; i += Integer.BYTES) {
            row.putInt(0);
        }
        key.clear();
        columns.encodeKey(values, key, ranges, filters);
        append(0);
        columns.encodeRank(values, key);
        append(1);
        columns.encodeSort(values, key);
        append(2);
        row.setInt(3 * Integer.BYTES, partitionNumber(columns.partition(values)));
        columns.readRow(values, leaves, row);
        offset.putLong(0, data.bytes());
        offsets.append(offset.array(), 0, Long.BYTES);
        data.append(row.bytes(), 0, row.length());
        rows++;
    }

    private int partitionNumber(Optional<Partition> partition) {
        Integer known = partition.isEmpty() ? NO_PARTITION : partitions.get(partition.get());
        if (known != null) {
            return known;
        }
        if (partitions.size() == LARGEST_PARTITIONS) {
            throw new MergeRefusedException(
                    "there are rows of more than %,d partitions".formatted(partitions.size()));
        }
        int number = partitions.size();
        partitions.put(partition.orElseThrow(), number);
        return number;
    }

    private void append(int header) {
        row.setInt(header * Integer.BYTES, key.length());
        row.put(key.bytes(), 0, key.length());
        key.clear();
    }

    private SourceRows finish() throws IOException {
        MemorySegment bytes = data.map(arena);
        MemorySegment places = offsets.map(arena);
        var losers = new BitSet();
        try (ScratchFile slots = ScratchFile.create(scratch)) {
            KeyTable table = new KeyTable(rows, slots, arena);
            if (!reading.keyColumns().isEmpty()) {
                fill(table, bytes, places, losers);
            }
            return new SourceRows(
                    bytes,
                    places,
                    table,
                    losers,
                    rows,
                    List.copyOf(ranges),
                    List.copyOf(filters),
                    List.copyOf(partitions.keySet()),
                    leaves);
        }
    }

    private void fill(KeyTable table, MemorySegment bytes, MemorySegment places, BitSet losers) {
        for (int i = 0; i < rows; i++) {
            int candidate = i;
            long at = SourceRows.offset(places, candidate);
            int length = bytes.get(JAVA_INT_UNALIGNED, at);
            byte[] encoded = bytes.asSlice(at + SourceRows.HEADER_BYTES, length).toArray(JAVA_BYTE);
            long hash = KeyTable.hash(encoded, 0, length);
            KeyTable.Confirmation sameKey =
                    other ->
                            SourceRows.isKey(
                                    bytes, SourceRows.offset(places, other), encoded, length);
            int incumbent = table.find(hash, sameKey);
            if (incumbent < 0) {
                table.put(hash, candidate, sameKey);
            } else if (isBetter(bytes, at, SourceRows.offset(places, incumbent))) {
                table.put(hash, candidate, sameKey);
                losers.set(incumbent);
            } else {
                losers.set(candidate);
            }
        }
    }

    /** The lesser rank is better, and of equal ones the later row. */
    private static boolean isBetter(MemorySegment bytes, long candidate, long incumbent) {
        return SourceRows.compare(
                        bytes,
                        rankAt(bytes, candidate),
                        rankBytes(bytes, candidate),
                        bytes,
                        rankAt(bytes, incumbent),
                        rankBytes(bytes, incumbent))
                <= 0;
    }

    private static long rankAt(MemorySegment bytes, long row) {
        return row + SourceRows.HEADER_BYTES + bytes.get(JAVA_INT_UNALIGNED, row);
    }

    private static int rankBytes(MemorySegment bytes, long row) {
        return bytes.get(JAVA_INT_UNALIGNED, row + Integer.BYTES);
    }

    @Override
    public void close() throws IOException {
        try (data;
                offsets) {
            row.clear();
        }
    }
}
