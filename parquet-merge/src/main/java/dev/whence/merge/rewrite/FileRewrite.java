package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.FileStyle;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.FileReading;
import dev.whence.merge.file.FlatPage;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.RawPages;
import dev.whence.merge.file.SortColumn;
import dev.whence.merge.plan.FilePlan;
import dev.whence.merge.rows.RowWalk;
import dev.whence.merge.rows.SchemaMapping;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;

/** Writes one file of the target anew. Used once. */
final class FileRewrite {
    private static final int LEAST_KEPT_SHARE = 2;

    private final SourceRows source;
    private final Splicing splicing;
    private final FileStyle style;
    private final PageLevels levels;
    private final boolean full;
    private final FilePlan file;
    private final ParquetInput input;
    private final MessageType schema;
    private final SchemaMapping mapping;
    private final List<List<SortColumn>> orders;
    private boolean changed;

    /**
     * What came of it.
     *
     * @param rows of the new file
     * @param bytes of the new file; 0 if no row is left
     * @param copiedBytes of them, pages that were taken as they were stored
     * @param changed whether any row is another one than before
     */
    record Result(long rows, long bytes, long copiedBytes, boolean changed) {}

    /**
     * @param source the rows that are put in
     * @param levels of the merge
     * @param full whether to encode everything anew
     */
    FileRewrite(
            TableSpec table,
            SourceRows source,
            Splicing splicing,
            FileStyle style,
            PageLevels levels,
            boolean full,
            FilePlan file,
            ParquetInput input)
            throws IOException {
        this.source = source;
        this.splicing = splicing;
        this.style = style;
        this.levels = levels;
        this.full = full;
        this.file = file;
        this.input = input;
        this.schema = table.schema();
        this.mapping = SchemaMapping.ofTableFile(input.schema(), schema);
        this.orders = input.orders();
    }

    Result write(Path path) throws IOException {
        try (NewFile out = new NewFile(path, schema, style);
                SeekableInputStream bytes = input.stream()) {
            for (int group = 0; group < input.rowGroups().size(); group++) {
                write(group, out, bytes);
            }
            if (out.rows() == 0) {
                return new Result(0, 0, 0, true);
            }
            long length = out.finish(style.keyValues(keyValues()));
            return new Result(out.rows(), length, out.copiedBytes(), changed);
        }
    }

    /** What the old footer says; nothing if it may speak of columns that the new file has not. */
    private Map<String, String> keyValues() {
        return input.schema().equals(schema) ? input.keyValues() : Map.of();
    }

    private void write(int group, NewFile out, SeekableInputStream bytes) throws IOException {
        long rows = input.rowGroups().get(group).getRowCount();
        if (rows == 0) {
            return;
        }
        List<SortColumn> order = orders.get(group);
        Splice splice = splicing.splice(input, file, group, order);
        if (splice.rows() == 0) {
            changed = true;
            return;
        }
        // An order that source rows do not have may not be claimed for them.
        boolean ordered = splice.sourceRows().length == 0 || splicing.keepsOrder(order);
        out.beginRowGroup(splice.rows(), ordered ? Orders.places(order, schema) : List.of());
        RowWalk walk = source.walk(splice.sourceRows(), 0, splice.sourceRows().length);
        for (int leaf = 0; leaf < schema.getColumns().size(); leaf++) {
            write(group, leaf, splice, walk, out, bytes);
            if (walk.rows() > 0) {
                walk.nextColumn();
            }
        }
        out.endRowGroup();
    }

    private void write(
            int group,
            int leaf,
            Splice splice,
            RowWalk walk,
            NewFile out,
            SeekableInputStream bytes)
            throws IOException {
        Optional<ColumnDescriptor> from = mapping.from(leaf);
        Optional<ColumnChunkMetaData> old =
                from.isPresent() ? Optional.of(input.chunk(group, from.get())) : Optional.empty();
        boolean asItIs = !full && old.isPresent() && mapping.isIdentity();
        if (asItIs
                && copied(group, from.orElseThrow(), leaf, old.get(), splice, walk, out, bytes)) {
            return;
        }
        changed |= !splice.changesNothing();
        ColumnDescriptor column = schema.getColumns().get(leaf);
        out.writeColumn(
                column,
                style.chunk(column, old, splice.rows()),
                (to, store) ->
                        input.reading()
                                .run(
                                        "row group " + group + ", column " + leaf,
                                        () -> {
                                            KeptRows rows = rows(group, leaf, from);
                                            ColumnSplice.write(splice, rows, walk, to, store);
                                            return rows;
                                        }));
    }

    /** Writes the column without decoding all of it, as far as that can be done. */
    private boolean copied(
            int group,
            ColumnDescriptor column,
            int leaf,
            ColumnChunkMetaData old,
            Splice splice,
            RowWalk walk,
            NewFile out,
            SeekableInputStream bytes)
            throws IOException {
        boolean same =
                splice.changesNothing()
                        || (splice.isInPlace()
                                && splicing.keepsValues(schema.getColumns().get(leaf)));
        Optional<PageSplice.Chunk> chunk = Optional.empty();
        if (!same) {
            long rows = input.rowGroups().get(group).getRowCount();
            Optional<ChunkStyle> pageStyle = style.pages(column, old);
            Optional<PageSplice> pages =
                    pageStyle.isPresent()
                            ? RawPages.of(input, old, bytes, rows)
                                    .map(raw -> new PageSplice(splice, raw))
                            : Optional.empty();
            if (pages.isPresent() && isPatched(column, old, splice, rows)) {
                chunk =
                        reading(
                                group,
                                column,
                                () ->
                                        pages.get()
                                                .patched(
                                                        column,
                                                        pageStyle.orElseThrow(),
                                                        levels,
                                                        walk));
                same = chunk.isPresent() && !chunk.get().changed();
            }
            if (chunk.isEmpty() && splice.isInPlace()) {
                ColumnReader reader = reader(group, column);
                same =
                        reading(
                                group,
                                column,
                                () -> ColumnSplice.changesNothing(splice, reader, walk));
            }
            if (!same && chunk.isEmpty() && pages.isPresent()) {
                chunk =
                        reading(
                                group,
                                column,
                                () ->
                                        pages.get()
                                                .encoded(
                                                        input,
                                                        group,
                                                        rows,
                                                        column,
                                                        pageStyle.orElseThrow(),
                                                        walk));
            }
        }
        if (same) {
            out.copyColumn(input, bytes, old, leaf);
        } else if (chunk.isPresent()) {
            changed = true;
            out.writePages(schema.getColumns().get(leaf), old.getCodec(), chunk.get());
        }
        return same || chunk.isPresent();
    }

    /** Where most rows leave, what is left is put into fewer pages and another dictionary. */
    private static boolean isPatched(
            ColumnDescriptor column, ColumnChunkMetaData old, Splice splice, long rows) {
        return FlatPage.areAllOf(column, old) && splice.rows() * LEAST_KEPT_SHARE >= rows;
    }

    private <T> T reading(int group, ColumnDescriptor column, FileReading.Read<T> read)
            throws IOException {
        return input.reading()
                .run("row group " + group + ", column " + String.join(".", column.getPath()), read);
    }

    private KeptRows rows(int group, int leaf, Optional<ColumnDescriptor> from) throws IOException {
        Optional<ColumnReader> reader =
                from.isPresent() ? Optional.of(reader(group, from.get())) : Optional.empty();
        return mapping.isIdentity() && reader.isPresent()
                ? KeptRows.Same.of(reader.get())
                : new KeptRows.Converted(mapping.converted(leaf, reader));
    }

    private ColumnReader reader(int group, ColumnDescriptor column) throws IOException {
        ColumnRows rows = input.columns(group, List.of(column));
        return rows.reader(0);
    }
}
