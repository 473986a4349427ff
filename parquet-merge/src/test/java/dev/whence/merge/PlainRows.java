package dev.whence.merge;

import dev.whence.parquet.PageCodecs;
import dev.whence.parquet.StoreInputFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/**
 * Rows of Parquet files as plain Java values, by parquet-java's record reader: a row or a group is
 * a sorted map of its fields without nulls, a repeated field a list. The columns that a file's
 * place fixes are among them, as text.
 */
final class PlainRows {
    private PlainRows() {}

    /** All rows of all files, in order. */
    static List<Map<String, Object>> of(Dataset dataset) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (DataFile file : dataset.files()) {
            rows.addAll(of(dataset, file));
        }
        return rows;
    }

    static List<Map<String, Object>> of(Dataset dataset, DataFile file) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        try (ParquetFileReader reader =
                ParquetFileReader.open(
                        new StoreInputFile(dataset.store(), file.key(), file.bytes()),
                        ParquetReadOptions.builder(new PlainParquetConfiguration())
                                .withCodecFactory(new PageCodecs(3))
                                .build())) {
            MessageType schema = reader.getFileMetaData().getSchema();
            for (PageReadStore pages = reader.readNextRowGroup();
                    pages != null;
                    pages = reader.readNextRowGroup()) {
                RecordReader<Group> records =
                        new ColumnIOFactory()
                                .getColumnIO(schema)
                                .getRecordReader(pages, new GroupRecordConverter(schema));
                for (long row = 0; row < pages.getRowCount(); row++) {
                    Map<String, Object> plain = plain(records.read(), schema);
                    for (Partition.Value value : file.partition().values()) {
                        plain.remove(value.column());
                        if (value.value() != null) {
                            plain.put(value.column(), bytes(value.value()));
                        }
                    }
                    rows.add(plain);
                }
            }
        }
        return rows;
    }

    /** How often each row stands there. */
    private static Map<Map<String, Object>, Integer> counted(List<Map<String, Object>> rows) {
        Map<Map<String, Object>, Integer> counts = new LinkedHashMap<>();
        rows.forEach(row -> counts.merge(row, 1, Integer::sum));
        return counts;
    }

    /** Some of the rows, short enough to be read, that one side has and the other has not. */
    static List<String> differences(
            List<Map<String, Object>> expected, List<Map<String, Object>> found) {
        Map<Map<String, Object>, Integer> counts = counted(expected);
        found.forEach(row -> counts.merge(row, -1, Integer::sum));
        return counts.entrySet().stream()
                .filter(row -> row.getValue() != 0)
                .map(row ->
                        (row.getValue() > 0 ? "lost " : "too many ")
                                + row.getKey().toString().replaceAll("(long){9,}", "long…"))
                .limit(6)
                .toList();
    }

    /** The value of a path with dots; null if it or something above it is. */
    static Object find(Map<String, Object> row, String path) {
        Object value = row;
        for (String name : path.split("\\.", -1)) {
            if (value == null) {
                return null;
            }
            value = ((Map<?, ?>) value).get(name);
        }
        return value;
    }

    /** Text as {@link PlainValue} has strings. */
    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Object> plain(Group group, GroupType type) {
        Map<String, Object> plain = new TreeMap<>();
        for (int field = 0; field < type.getFieldCount(); field++) {
            Type fieldType = type.getType(field);
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
                values.add(
                        fieldType.isPrimitive()
                                ? PlainValue.of(
                                        fieldType.asPrimitiveType(),
                                        raw(group, field, i, fieldType.asPrimitiveType()))
                                : plain(group.getGroup(field, i), fieldType.asGroupType()));
            }
            if (fieldType.isRepetition(Repetition.REPEATED)) {
                plain.put(fieldType.getName(), values);
            } else if (!values.isEmpty()) {
                plain.put(fieldType.getName(), values.getFirst());
            }
        }
        return plain;
    }

    private static Object raw(Group group, int field, int index, PrimitiveType type) {
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case INT32 -> group.getInteger(field, index);
            case INT64 -> group.getLong(field, index);
            case FLOAT -> group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            case INT96 -> group.getInt96(field, index);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> group.getBinary(field, index);
        };
    }
}
