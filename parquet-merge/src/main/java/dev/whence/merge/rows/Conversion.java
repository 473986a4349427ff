package dev.whence.merge.rows;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.DOUBLE;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.FLOAT;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.whence.merge.MergeRefusedException;
import java.util.Objects;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/** How a value of one type becomes the same value of another; never loses anything. */
enum Conversion {
    SAME(1),
    INT_TO_LONG(1),
    UNSIGNED_INT_TO_LONG(1),
    FLOAT_TO_DOUBLE(1),
    TIMES_THOUSAND(1_000),
    TIMES_MILLION(1_000_000);

    private final long factor;

    Conversion(long factor) {
        this.factor = factor;
    }

    /** A coarser time in finer units; refused if it is out of their range. */
    long time(long value) {
        long high = Math.multiplyHigh(value, factor);
        long low = value * factor;
        if (high != low >> 63) {
            throw new MergeRefusedException(
                    "a time of %d units is out of range where a unit is a %d-th of that"
                            .formatted(value, factor));
        }
        return low;
    }

    /** The conversion, or empty if a value could be lost or mean something else. */
    static Optional<Conversion> of(PrimitiveType from, PrimitiveType to) {
        LogicalTypeAnnotation meaning = meaning(from);
        LogicalTypeAnnotation wanted = meaning(to);
        if (from.getPrimitiveTypeName() == to.getPrimitiveTypeName()
                && from.getTypeLength() == to.getTypeLength()
                && (Objects.equals(meaning, wanted) || bothText(from, meaning, wanted))) {
            return Optional.of(SAME);
        }
        if (from.getPrimitiveTypeName() == FLOAT
                && to.getPrimitiveTypeName() == DOUBLE
                && meaning == null
                && wanted == null) {
            return Optional.of(FLOAT_TO_DOUBLE);
        }
        if (meaning instanceof TimestampLogicalTypeAnnotation coarse
                && wanted instanceof TimestampLogicalTypeAnnotation fine
                && coarse.isAdjustedToUTC() == fine.isAdjustedToUTC()) {
            return finer(coarse.getUnit(), fine.getUnit());
        }
        if (meaning instanceof IntLogicalTypeAnnotation narrow
                && wanted instanceof IntLogicalTypeAnnotation wide) {
            return wider(from, narrow, to, wide);
        }
        if (from.getPrimitiveTypeName() == INT32
                && to.getPrimitiveTypeName() == INT64
                && meaning instanceof DecimalLogicalTypeAnnotation narrow
                && wanted instanceof DecimalLogicalTypeAnnotation wide
                && narrow.getScale() == wide.getScale()
                && narrow.getPrecision() <= wide.getPrecision()) {
            return Optional.of(INT_TO_LONG);
        }
        return Optional.empty();
    }

    private static Optional<Conversion> finer(TimeUnit from, TimeUnit to) {
        return switch (from) {
            case MILLIS ->
                    switch (to) {
                        case MILLIS -> Optional.empty();
                        case MICROS -> Optional.of(TIMES_THOUSAND);
                        case NANOS -> Optional.of(TIMES_MILLION);
                    };
            case MICROS -> to == TimeUnit.NANOS ? Optional.of(TIMES_THOUSAND) : Optional.empty();
            case NANOS -> Optional.empty();
        };
    }

    private static Optional<Conversion> wider(
            PrimitiveType from,
            IntLogicalTypeAnnotation narrow,
            PrimitiveType to,
            IntLogicalTypeAnnotation wide) {
        boolean fits =
                narrow.isSigned() == wide.isSigned()
                        ? narrow.getBitWidth() <= wide.getBitWidth()
                        : wide.isSigned() && narrow.getBitWidth() < wide.getBitWidth();
        if (!fits) {
            return Optional.empty();
        }
        if (from.getPrimitiveTypeName() == to.getPrimitiveTypeName()) {
            return Optional.of(SAME);
        }
        return Optional.of(narrow.isSigned() ? INT_TO_LONG : UNSIGNED_INT_TO_LONG);
    }

    /** Plain integers are signed ones of their width; older writers mark no strings. */
    private static @Nullable LogicalTypeAnnotation meaning(PrimitiveType type) {
        LogicalTypeAnnotation annotation = type.getLogicalTypeAnnotation();
        if (annotation != null) {
            return annotation;
        }
        return switch (type.getPrimitiveTypeName()) {
            case INT32 -> LogicalTypeAnnotation.intType(32, true);
            case INT64 -> LogicalTypeAnnotation.intType(64, true);
            default -> null;
        };
    }

    private static boolean bothText(
            PrimitiveType from,
            @Nullable LogicalTypeAnnotation one,
            @Nullable LogicalTypeAnnotation other) {
        return from.getPrimitiveTypeName() == BINARY
                && (one == null || one instanceof StringLogicalTypeAnnotation)
                && (other == null || other instanceof StringLogicalTypeAnnotation);
    }
}
