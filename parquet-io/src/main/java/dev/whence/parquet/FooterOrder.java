package dev.whence.parquet;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SortingColumn;
import org.apache.parquet.format.Util;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/**
 * The order of rows that a footer notes for each row group, which Parquet's own writer leaves out.
 */
public final class FooterOrder {
    private FooterOrder() {}

    /**
     * A column that rows are ordered by.
     *
     * @param leaf its place among the schema's leaf columns
     */
    public record Column(int leaf, boolean descending, boolean nullsFirst) {}

    /** The order of each row group; empty where none is noted. */
    public static List<List<Column>> read(InputFile file) throws IOException {
        long length = file.getLength();
        try (SeekableInputStream in = file.newStream()) {
            byte[] trailer = new byte[FooterSeal.TRAILER_BYTES];
            in.seek(length - trailer.length);
            in.readFully(trailer);
            int bytes = ByteBuffer.wrap(trailer).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (bytes < 0 || bytes > length - trailer.length) {
                throw new IOException("the footer claims %d bytes".formatted(bytes));
            }
            byte[] footer = new byte[bytes];
            in.seek(length - trailer.length - bytes);
            in.readFully(footer);
            return requireNonNull(
                            Util.readFileMetaData(new ByteArrayInputStream(footer)).getRow_groups())
                    .stream()
                    .map(FooterOrder::columns)
                    .toList();
        }
    }

    /**
     * The tail of a Parquet file with the order noted in its footer.
     *
     * @param tail the file's end, footer and all
     * @param orders one for each row group
     */
    public static byte[] note(byte[] tail, List<List<Column>> orders) throws IOException {
        if (orders.stream().allMatch(List::isEmpty)) {
            return tail;
        }
        int footerEnd = tail.length - FooterSeal.TRAILER_BYTES;
        int footerStart =
                footerEnd - ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(footerEnd);
        FileMetaData footer =
                Util.readFileMetaData(
                        new ByteArrayInputStream(tail, footerStart, footerEnd - footerStart));
        List<RowGroup> rowGroups = requireNonNull(footer.getRow_groups());
        for (int i = 0; i < rowGroups.size(); i++) {
            if (!orders.get(i).isEmpty()) {
                rowGroups.get(i).setSorting_columns(noted(orders.get(i)));
            }
        }
        var out = new ByteArrayOutputStream(tail.length + 1024);
        Util.writeFileMetaData(footer, out);
        return ByteBuffer.allocate(footerStart + out.size() + FooterSeal.TRAILER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(tail, 0, footerStart)
                .put(out.toByteArray())
                .putInt(out.size())
                .put(tail, tail.length - 4, 4)
                .array();
    }

    private static List<Column> columns(RowGroup rowGroup) {
        List<SortingColumn> noted = rowGroup.getSorting_columns();
        return noted == null
                ? List.of()
                : noted.stream()
                        .map(column ->
                                new Column(
                                        column.getColumn_idx(),
                                        column.isDescending(),
                                        column.isNulls_first()))
                        .toList();
    }

    private static List<SortingColumn> noted(List<Column> order) {
        return order.stream()
                .map(column ->
                        new SortingColumn(column.leaf(), column.descending(), column.nullsFirst()))
                .toList();
    }
}
