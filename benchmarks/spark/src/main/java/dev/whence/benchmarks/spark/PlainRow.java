package dev.whence.benchmarks.spark;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows of Spark as the plain values that tests of merges compare: a struct is a sorted map of its
 * fields without nulls; lists and maps are what the Parquet format has for them; numbers, dates (in
 * days) and times (in seconds) are decimals without trailing zeros; bytes are a string of ISO
 * 8859-1.
 */
final class PlainRow {
    private PlainRow() {}

    static @Nullable Object of(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Boolean truth -> truth;
            case Float number -> number.doubleValue();
            case Double number -> number;
            case Byte number -> decimal(number);
            case Short number -> decimal(number);
            case Integer number -> decimal(number);
            case Long number -> decimal(number);
            case BigDecimal number -> number.stripTrailingZeros();
            case LocalDate date -> decimal(date.toEpochDay());
            case LocalTime time -> seconds(time.toSecondOfDay(), time.getNano());
            case Instant time -> seconds(time.getEpochSecond(), time.getNano());
            case LocalDateTime time -> seconds(time.toEpochSecond(ZoneOffset.UTC), time.getNano());
            case String text ->
                    new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            case byte[] bytes -> new String(bytes, StandardCharsets.ISO_8859_1);
            case Row row -> struct(row);
            case scala.collection.Map<?, ?> map -> map(CollectionConverters.asJava(map));
            case scala.collection.Iterable<?> list -> list(CollectionConverters.asJava(list));
            default -> throw new IllegalArgumentException("no plain " + value.getClass());
        };
    }

    private static Map<String, Object> struct(Row row) {
        var fields = new TreeMap<String, Object>();
        String[] names = row.schema().fieldNames();
        for (int field = 0; field < names.length; field++) {
            put(fields, names[field], row.get(field));
        }
        return fields;
    }

    private static Map<String, Object> map(Map<?, ?> map) {
        List<Object> entries = new ArrayList<>();
        map.forEach((key, value) -> {
            var entry = new TreeMap<String, Object>();
            put(entry, "key", key);
            put(entry, "value", value);
            entries.add(entry);
        });
        return Map.of("key_value", entries);
    }

    private static Map<String, Object> list(Iterable<?> list) {
        List<Object> elements = new ArrayList<>();
        for (Object value : list) {
            var element = new TreeMap<String, Object>();
            put(element, "element", value);
            elements.add(element);
        }
        return Map.of("list", elements);
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        Object plain = of(value);
        if (plain != null) {
            fields.put(name, plain);
        }
    }

    private static BigDecimal decimal(Number number) {
        return BigDecimal.valueOf(number.longValue()).stripTrailingZeros();
    }

    private static BigDecimal seconds(long seconds, int nanos) {
        return BigDecimal.valueOf(seconds).add(BigDecimal.valueOf(nanos, 9)).stripTrailingZeros();
    }
}
