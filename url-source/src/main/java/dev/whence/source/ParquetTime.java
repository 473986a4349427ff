package dev.whence.source;

import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/** The time column of a Parquet file, in any of the types that writers give it. */
record ParquetTime(Type type, Kind kind) {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;

    enum Kind {
        MILLIS,
        MICROS,
        NANOS,
        DATE,
        INT96,
        TEXT
    }

    /** The first column that is called as a time and is one, or null. */
    static @Nullable ParquetTime in(MessageType schema) {
        for (Type type : schema.getFields()) {
            Kind kind = CaptureTime.isColumn(type.getName()) ? kind(type) : null;
            if (kind != null) {
                return new ParquetTime(type, kind);
            }
        }
        return null;
    }

    /** Whether a column holds one string a row. */
    static boolean isText(Type type) {
        return type.isPrimitive()
                && !type.isRepetition(Type.Repetition.REPEATED)
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && switch (type.getLogicalTypeAnnotation()) {
                    case null -> true;
                    case LogicalTypeAnnotation.StringLogicalTypeAnnotation _ -> true;
                    case LogicalTypeAnnotation.EnumLogicalTypeAnnotation _ -> true;
                    default -> false;
                };
    }

    /** The value at which the column stands, microseconds since 1970 UTC. */
    long micros(ColumnReader column) {
        return switch (kind) {
            case MILLIS -> TimeUnit.MILLISECONDS.toMicros(column.getLong());
            case MICROS -> column.getLong();
            case NANOS -> Math.floorDiv(column.getLong(), 1_000L);
            case DATE -> TimeUnit.DAYS.toMicros(column.getInteger());
            case TEXT -> CaptureTime.micros(column.getBinary().toStringUsingUTF8());
            case INT96 -> {
                var value = column.getBinary().toByteBuffer().slice();
                value.order(ByteOrder.LITTLE_ENDIAN);
                long nanosOfDay = value.getLong();
                yield TimeUnit.DAYS.toMicros(value.getInt() - JULIAN_DAY_OF_EPOCH)
                        + Math.floorDiv(nanosOfDay, 1_000L);
            }
        };
    }

    private static @Nullable Kind kind(Type type) {
        if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
            return null;
        }
        if (isText(type)) {
            return Kind.TEXT;
        }
        return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
            case INT96 -> Kind.INT96;
            case INT32 ->
                    type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation
                            ? Kind.DATE
                            : null;
            case INT64 ->
                    type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation unit
                            ? switch (unit.getUnit()) {
                                case MILLIS -> Kind.MILLIS;
                                case MICROS -> Kind.MICROS;
                                case NANOS -> Kind.NANOS;
                            }
                            : null;
            default -> null;
        };
    }
}
