package dev.whence.merge.key;

import dev.whence.merge.MergeRefusedException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.UUID;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;

/** Values that writers of Hive layouts put into paths, read as a key column's kind. */
final class PartitionText {
    private static final BigInteger UNSIGNED_END = BigInteger.ONE.shiftLeft(Long.SIZE);

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private PartitionText() {}

    static void encode(KeyColumn column, String text, KeyBuffer into) {
        try {
            put(column, text, into);
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            throw new MergeRefusedException(
                    "partition value %s=%s is no %s, as key column %s has it"
                            .formatted(
                                    column.path(),
                                    text,
                                    column.kind().name().toLowerCase(Locale.ROOT),
                                    column));
        }
    }

    private static void put(KeyColumn column, String text, KeyBuffer into) {
        switch (column.kind()) {
            case INTEGER -> integer(new BigInteger(text), into);
            case FLOATING -> into.putDouble(floating(text));
            case DECIMAL -> {
                BigDecimal value = new BigDecimal(text);
                DecimalCode.put(value.unscaledValue(), value.scale(), into);
            }
            case BOOLEAN -> column.encodeBoolean(truth(text), into);
            case BYTES -> into.putBinary(bytes(column, text));
            case DATE -> into.putSigned(LocalDate.parse(text).toEpochDay());
            case TIME -> {
                long nanos = LocalTime.parse(text).toNanoOfDay();
                into.putMoment(nanos / NANOS_PER_SECOND, (int) (nanos % NANOS_PER_SECOND));
            }
            case INSTANT, LOCAL_TIMESTAMP -> moment(column, text, into);
        }
    }

    private static void integer(BigInteger value, KeyBuffer into) {
        if (value.bitLength() >= Long.SIZE
                && (value.signum() < 0 || value.compareTo(UNSIGNED_END) >= 0)) {
            throw new ArithmeticException("beyond 64 bits");
        }
        into.putLong(
                value.signum() < 0 ? KeyBuffer.NEGATIVE : KeyBuffer.NOT_NEGATIVE,
                value.longValue());
    }

    private static double floating(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "nan", "-nan" -> Double.NaN;
            case "inf", "infinity", "+inf" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static boolean truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException(text);
        };
    }

    private static Binary bytes(KeyColumn column, String text) {
        if (!(column.type().getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation)) {
            return Binary.fromString(text);
        }
        try {
            UUID uuid = UUID.fromString(text);
            ByteBuffer bytes = ByteBuffer.allocate(16);
            bytes.putLong(uuid.getMostSignificantBits()).putLong(uuid.getLeastSignificantBits());
            return Binary.fromConstantByteArray(bytes.array());
        } catch (IllegalArgumentException e) {
            throw new DateTimeException(text, e);
        }
    }

    /** ISO 8601, or with a blank for the T; without an offset it is UTC, as Spark writes it. */
    private static void moment(KeyColumn column, String text, KeyBuffer into) {
        TemporalAccessor parsed = DateTimeFormatter.ISO_DATE_TIME.parse(text.replace(' ', 'T'));
        LocalDateTime local = LocalDateTime.from(parsed);
        ZoneOffset offset = ZoneOffset.UTC;
        if (column.kind() == KeyKind.INSTANT && parsed.isSupported(ChronoField.OFFSET_SECONDS)) {
            offset = ZoneOffset.from(parsed);
        }
        Instant instant = local.toInstant(offset);
        into.putMoment(instant.getEpochSecond(), instant.getNano());
    }
}
