package dev.whence.merge.key;

import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/**
 * How a column's physical values are to be taken.
 *
 * @param kind the family
 * @param unsigned whether integers are
 * @param scale of decimals: digits after the point
 * @param unitsPerSecond of times and timestamps in integers; 0 for everything else
 */
record KeyForm(KeyKind kind, boolean unsigned, int scale, int unitsPerSecond) {

    static KeyForm of(PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> plain(KeyKind.BOOLEAN);
            case FLOAT, DOUBLE -> plain(KeyKind.FLOATING);
            case INT96 -> plain(KeyKind.INSTANT);
            case INT32, INT64 -> ofInteger(logical);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> {
                if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
                    yield decimal(decimal);
                }
                yield plain(
                        logical instanceof Float16LogicalTypeAnnotation
                                ? KeyKind.FLOATING
                                : KeyKind.BYTES);
            }
        };
    }

    private static KeyForm ofInteger(LogicalTypeAnnotation logical) {
        return switch (logical) {
            case IntLogicalTypeAnnotation integer ->
                    new KeyForm(KeyKind.INTEGER, !integer.isSigned(), 0, 0);
            case DecimalLogicalTypeAnnotation decimal -> decimal(decimal);
            case DateLogicalTypeAnnotation date -> plain(KeyKind.DATE);
            case TimeLogicalTypeAnnotation time ->
                    new KeyForm(KeyKind.TIME, false, 0, perSecond(time.getUnit()));
            case TimestampLogicalTypeAnnotation timestamp ->
                    new KeyForm(
                            timestamp.isAdjustedToUTC() ? KeyKind.INSTANT : KeyKind.LOCAL_TIMESTAMP,
                            false,
                            0,
                            perSecond(timestamp.getUnit()));
            case null, default -> plain(KeyKind.INTEGER);
        };
    }

    private static KeyForm plain(KeyKind kind) {
        return new KeyForm(kind, false, 0, 0);
    }

    private static KeyForm decimal(DecimalLogicalTypeAnnotation decimal) {
        return new KeyForm(KeyKind.DECIMAL, false, decimal.getScale(), 0);
    }

    private static int perSecond(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> 1_000_000;
            case NANOS -> 1_000_000_000;
        };
    }
}
