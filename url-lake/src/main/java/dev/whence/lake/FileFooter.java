package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import dev.whence.parquet.FooterSeal;
import dev.whence.parquet.ObjectBytes;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.CompressionCodec;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The footer of a URL file: read from the end of the object, its seal and its schema checked. What
 * it says can then be relied on.
 *
 * @param footerBytes as it is stored
 */
record FileFooter(FileMetaData metadata, MessageType schema, UrlProfile profile, int footerBytes) {
    /** So much of the end is read to find the footer: a file that is no larger is read whole. */
    static final int TAIL_BYTES = 128 << 10;

    private static final int LARGEST_FOOTER_BYTES = 64 << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);

    /**
     * A footer that was just read.
     *
     * @param file the file with its end in memory: what was read to find the footer holds the page
     *     indexes too, as a rule, and is all of a small file
     */
    record Found(FileFooter footer, ObjectBytes file) {}

    static Found read(ObjectStore store, String key, long bytes) throws IOException {
        if (bytes < MAGIC.length + FooterSeal.TRAILER_BYTES) {
            throw corrupt(key, "%d bytes are too few for a Parquet file".formatted(bytes), null);
        }
        int tailBytes = (int) Math.min(bytes, TAIL_BYTES);
        byte[] tail = store.getRange(key, bytes - tailBytes, tailBytes);
        if (!Arrays.equals(tail, tailBytes - 4, tailBytes, MAGIC, 0, 4)) {
            throw corrupt(key, "does not end with PAR1: cut off, or no Parquet file at all", null);
        }
        int trailer = tailBytes - FooterSeal.TRAILER_BYTES;
        int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt(trailer);
        if (length <= 0
                || length > LARGEST_FOOTER_BYTES
                || length > bytes - MAGIC.length - FooterSeal.TRAILER_BYTES) {
            throw corrupt(
                    key,
                    "a footer of %d bytes cannot be in a file of %d".formatted(length, bytes),
                    null);
        }
        byte[] footer =
                length <= trailer
                        ? Arrays.copyOfRange(tail, trailer - length, trailer)
                        : store.getRange(key, bytes - FooterSeal.TRAILER_BYTES - length, length);
        return new Found(parse(key, footer), new ObjectBytes(store, key, bytes - tailBytes, tail));
    }

    private static FileFooter parse(String key, byte[] bytes) throws CorruptUrlFileException {
        FooterSeal.State seal = FooterSeal.check(bytes);
        if (seal == FooterSeal.State.BROKEN) {
            throw corrupt(
                    key,
                    "the footer does not match its seal: damaged, or rewritten by a program that"
                            + " copied the seal",
                    null);
        }
        FileFooter footer = parsed(key, bytes);
        if (seal == FooterSeal.State.ABSENT) {
            throw corrupt(
                    key,
                    "the footer has no seal (%s): damaged, or not written by Whence"
                            .formatted(FooterSeal.FOOTER_KEY),
                    null);
        }
        footer.checkColumns(key, _ -> true);
        return footer;
    }

    /**
     * The footer in a {@link UrlFileTail}, which has no seal, and page indexes of the columns that
     * are read.
     */
    static FileFooter ofTail(String key, byte[] bytes) throws CorruptUrlFileException {
        FileFooter footer = parsed(key, bytes);
        footer.checkColumns(key, UrlFileTail::isIndexed);
        return footer;
    }

    private static FileFooter parsed(String key, byte[] bytes) throws CorruptUrlFileException {
        FileFooter footer;
        try {
            FileMetaData metadata =
                    Util.readFileMetaData(new ByteArrayInputStream(bytes), bytes.length);
            FileMetaData schemaOnly =
                    new FileMetaData(metadata.getVersion(), metadata.getSchema(), 0, List.of());
            MessageType schema =
                    new ParquetMetadataConverter()
                            .fromParquetMetadata(schemaOnly)
                            .getFileMetaData()
                            .getSchema();
            footer = new FileFooter(metadata, schema, profile(metadata), bytes.length);
        } catch (IOException | RuntimeException e) {
            throw corrupt(key, "the footer cannot be read: " + e.getMessage(), e);
        }
        footer.checkSchema(key);
        return footer;
    }

    private static UrlProfile profile(FileMetaData metadata) {
        Map<String, String> said = new HashMap<>();
        List<KeyValue> entries = metadata.getKey_value_metadata();
        for (KeyValue entry : entries == null ? List.<KeyValue>of() : entries) {
            said.put(entry.getKey(), entry.getValue());
        }
        return UrlFileForm.profile(said);
    }

    private void checkSchema(String key) throws CorruptUrlFileException {
        MessageType expected = UrlSchema.of(schema.containsField(UrlSchema.URL_ID));
        for (Type column : expected.getFields()) {
            if (!schema.containsField(column.getName())) {
                throw corrupt(key, "has no column " + column.getName(), null);
            }
            Type found = schema.getType(column.getName());
            if (!found.equals(column)) {
                throw corrupt(
                        key,
                        "column %s is %s, expected %s"
                                .formatted(column.getName(), oneLine(found), oneLine(column)),
                        null);
            }
        }
        for (Type found : schema.getFields()) {
            if (!expected.containsField(found.getName())) {
                throw corrupt(key, "has the unknown column " + found.getName(), null);
            }
        }
    }

    /**
     * @param indexed which columns have page indexes
     */
    private void checkColumns(String key, Predicate<String> indexed)
            throws CorruptUrlFileException {
        long rows = 0;
        for (RowGroup rowGroup : rowGroups()) {
            rows += rowGroup.getNum_rows();
            if (rowGroup.getColumnsSize() != schema.getColumns().size()) {
                throw corrupt(key, "a row group with a column too few or too many", null);
            }
            for (ColumnChunk chunk : requireNonNull(rowGroup.getColumns())) {
                ColumnMetaData column = requireNonNull(chunk.getMeta_data());
                String name = String.join(".", requireNonNull(column.getPath_in_schema()));
                if (indexed.test(name)
                        && (!chunk.isSetOffset_index_offset()
                                || !chunk.isSetColumn_index_offset())) {
                    throw corrupt(key, "column " + name + " has no page index", null);
                }
                CompressionCodec codec = column.getCodec();
                if (codec != CompressionCodec.ZSTD) {
                    throw corrupt(key, "column %s is %s, not ZSTD".formatted(name, codec), null);
                }
            }
        }
        if (rows != metadata.getNum_rows() || metadata.getRow_groupsSize() == 0) {
            throw corrupt(
                    key,
                    "%d rows in %d row groups, the footer says %d"
                            .formatted(rows, metadata.getRow_groupsSize(), metadata.getNum_rows()),
                    null);
        }
    }

    List<RowGroup> rowGroups() {
        return requireNonNull(metadata.getRow_groups());
    }

    ColumnChunk chunk(int rowGroup, String column) {
        return requireNonNull(rowGroups().get(rowGroup).getColumns())
                .get(UrlSchema.place(schema, column));
    }

    /** The page indexes, checked against the seal. */
    byte[] readIndexes(ObjectBytes file) throws IOException {
        byte[] indexes = file.read(FooterSeal.indexes(metadata));
        if (!FooterSeal.covers(metadata, indexes)) {
            throw corrupt(file.key(), "the page indexes do not match their checksum", null);
        }
        return indexes;
    }

    private static String oneLine(Type type) {
        return type.toString().replaceAll("\\s+", " ");
    }

    private static CorruptUrlFileException corrupt(
            String key, String problem, @Nullable Throwable cause) {
        return new CorruptUrlFileException(key, problem, cause);
    }
}
