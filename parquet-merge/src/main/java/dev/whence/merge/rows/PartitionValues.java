package dev.whence.merge.rows;

import dev.whence.merge.MergeRefusedException;
import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * The partition that each row of a source file belongs to, by columns of the file or by its own
 * place.
 */
final class PartitionValues implements Partitioner {
    private final List<Column> columns = new ArrayList<>();
    private final List<ColumnDescriptor> leaves = new ArrayList<>();

    private record Column(String name, int reader, @Nullable String fixed) {}

    private PartitionValues() {}

    /**
     * Empty if the file does not say what the target's partition columns are.
     *
     * @param absentIsNull whether a column that is neither in the file nor in its place is null
     */
    static Optional<Partitioner> of(
            List<String> partitionColumns,
            MessageType schema,
            Partition place,
            boolean absentIsNull) {
        PartitionValues values = new PartitionValues();
        for (String name : partitionColumns) {
            Optional<Partition.Value> fixed = place.find(name);
            if (fixed.isPresent()) {
                values.columns.add(new Column(name, -1, fixed.get().value()));
            } else if (schema.containsField(name) && schema.getType(name).isPrimitive()) {
                ColumnDescriptor leaf = schema.getColumnDescription(new String[] {name});
                requireText(leaf);
                values.columns.add(new Column(name, values.leaves.size(), null));
                values.leaves.add(leaf);
            } else if (absentIsNull && !schema.containsField(name)) {
                values.columns.add(new Column(name, -1, null));
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(values);
    }

    @Override
    public List<ColumnDescriptor> leaves() {
        return leaves;
    }

    @Override
    public Partition read(ColumnRows rows, int[] readers) {
        if (columns.isEmpty()) {
            return Partition.NONE;
        }
        var values = new ArrayList<Partition.Value>(columns.size());
        for (Column column : columns) {
            String text =
                    column.reader() < 0
                            ? column.fixed()
                            : text(rows.reader(readers[column.reader()]));
            values.add(new Partition.Value(column.name(), text));
        }
        return new Partition(values);
    }

    private static @Nullable String text(ColumnReader reader) {
        ColumnDescriptor leaf = reader.getDescriptor();
        if (reader.getCurrentDefinitionLevel() < leaf.getMaxDefinitionLevel()) {
            return null;
        }
        PrimitiveType type = leaf.getPrimitiveType();
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> intText(type, reader.getInteger());
            case INT64 ->
                    isUnsigned(type)
                            ? Long.toUnsignedString(reader.getLong())
                            : Long.toString(reader.getLong());
            case BOOLEAN -> Boolean.toString(reader.getBoolean());
            case BINARY -> utf8(leaf, reader.getBinary());
            case FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY, INT96 -> throw unfit(leaf);
        };
    }

    /** Other bytes would become the same text as each other. */
    private static String utf8(ColumnDescriptor leaf, Binary value) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(value.toByteBuffer()).toString();
        } catch (CharacterCodingException _) {
            throw new MergeRefusedException(
                    "the table is partitioned by %s, and a value of it is no UTF-8: it cannot be part of a path"
                            .formatted(String.join(".", leaf.getPath())));
        }
    }

    private static String intText(PrimitiveType type, int value) {
        if (type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation) {
            return LocalDate.ofEpochDay(value).toString();
        }
        return isUnsigned(type) ? Integer.toUnsignedString(value) : Integer.toString(value);
    }

    private static boolean isUnsigned(PrimitiveType type) {
        return type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer
                && !integer.isSigned();
    }

    private static void requireText(ColumnDescriptor leaf) {
        PrimitiveType type = leaf.getPrimitiveType();
        var meaning = type.getLogicalTypeAnnotation();
        boolean fits =
                switch (type.getPrimitiveTypeName()) {
                    case INT32 ->
                            meaning == null
                                    || meaning instanceof IntLogicalTypeAnnotation
                                    || meaning instanceof DateLogicalTypeAnnotation;
                    case INT64 -> meaning == null || meaning instanceof IntLogicalTypeAnnotation;
                    case BOOLEAN -> true;
                    case BINARY ->
                            meaning == null || meaning instanceof StringLogicalTypeAnnotation;
                    case FLOAT, DOUBLE, FIXED_LEN_BYTE_ARRAY, INT96 -> false;
                };
        if (!fits) {
            throw unfit(leaf);
        }
    }

    private static MergeRefusedException unfit(ColumnDescriptor leaf) {
        return new MergeRefusedException(
                "the table is partitioned by %s, and values of '%s' cannot be part of a path"
                        .formatted(String.join(".", leaf.getPath()), leaf.getPrimitiveType()));
    }
}
