package dev.whence.merge;

import dev.whence.merge.key.KeyKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.Type.Repetition;

/**
 * A primitive column of a random case: the values that are drawn for it, and the forms that files
 * may have it in.
 *
 * @param forms from narrow to wide
 */
record RandomColumn(String name, KeyKind kind, List<Form> forms, List<Object> pool) {

    /**
     * @param distinct about how many values, before the extremes
     */
    static RandomColumn of(
            String name, KeyKind kind, boolean anyForm, int distinct, Random random) {
        List<List<Form>> chains = Form.chains(kind);
        List<Form> forms =
                anyForm
                        ? chains.stream().flatMap(List::stream).toList()
                        : chains.get(random.nextInt(chains.size()));
        List<Object> pool = new ArrayList<>(extremes(kind));
        for (int i = 0; i < distinct; i++) {
            pool.add(ordinary(kind, random.nextInt(distinct * 2), random));
        }
        return new RandomColumn(name, kind, forms, pool);
    }

    /**
     * A value that the form can hold; null if there was none, or now and then if that is wanted.
     */
    Object draw(Form form, boolean mayBeNull, Random random) {
        if (mayBeNull && random.nextInt(10) == 0) {
            return null;
        }
        for (int tries = 0; tries < 50; tries++) {
            int from = random.nextInt(8) == 0 ? 0 : extremes(kind).size();
            Object value = pool.get(from < pool.size() ? random.nextInt(from, pool.size()) : 0);
            if (form.raw(value) != null) {
                return value;
            }
        }
        return pool.stream()
                .filter(value -> form.raw(value) != null)
                .findAny()
                .orElseThrow(() -> new IllegalStateException(kind + " has no value for " + form));
    }

    static void add(Group row, String name, Object raw) {
        switch (raw) {
            case Integer number -> row.add(name, number);
            case Long number -> row.add(name, number);
            case Float number -> row.add(name, number);
            case Double number -> row.add(name, number);
            case Boolean truth -> row.add(name, truth);
            case Binary bytes -> row.add(name, bytes);
            default -> throw new IllegalArgumentException(raw.getClass().toString());
        }
    }

    static Repetition repetition(boolean mayBeNull, Random random) {
        return mayBeNull || random.nextBoolean() ? Repetition.OPTIONAL : Repetition.REQUIRED;
    }

    private static Object ordinary(KeyKind kind, int i, Random random) {
        return switch (kind) {
            case INTEGER -> number(i);
            case FLOATING -> i * 0.5 - 3;
            case DECIMAL -> number(i).movePointLeft(i % 2).stripTrailingZeros();
            case BOOLEAN -> random.nextBoolean();
            case BYTES -> text(i, random);
            case DATE -> number(i - 20);
            case TIME -> number(i * 7).movePointLeft(3).stripTrailingZeros();
            case INSTANT, LOCAL_TIMESTAMP ->
                    number(i - 40).movePointLeft(i % 4).stripTrailingZeros();
        };
    }

    private static String text(int i, Random random) {
        return switch (i % 5) {
            case 0 -> "%04d".formatted(i % 10_000);
            case 1 -> "%016d".formatted(i);
            case 2 -> "x".repeat(random.nextInt(30)) + i;
            case 3 -> "long".repeat(100) + i;
            default -> "k" + i;
        };
    }

    private static List<Object> extremes(KeyKind kind) {
        return switch (kind) {
            case INTEGER ->
                    List.of(
                            number(0),
                            number(-1),
                            number(127),
                            number(-128),
                            number(255),
                            number(65_535),
                            number(Integer.MAX_VALUE),
                            number(Integer.MIN_VALUE),
                            number(0xFFFFFFFFL),
                            number(Long.MAX_VALUE),
                            number(Long.MIN_VALUE),
                            new BigDecimal("18446744073709551615"));
            case FLOATING ->
                    List.of(
                            0.0,
                            -0.0,
                            Double.NaN,
                            Double.POSITIVE_INFINITY,
                            Double.NEGATIVE_INFINITY,
                            Double.MIN_VALUE,
                            Double.MAX_VALUE,
                            0.1,
                            (double) 0.1f,
                            (double) Float.MAX_VALUE);
            case DECIMAL ->
                    List.of(
                            BigDecimal.ZERO,
                            new BigDecimal("9999999.99"),
                            new BigDecimal("-9999999.99"),
                            new BigDecimal("9999999999999999.99"),
                            new BigDecimal("-0.1"),
                            new BigDecimal("-1E+1"));
            case BOOLEAN -> List.of(false, true);
            case BYTES -> List.of("", "\0\0\0\0", "\0", "abcd", "a,b", "ab\0c", "0123456789abcdef");
            case DATE -> List.of(number(0), number(-719_162), number(2_932_896));
            case TIME -> List.of(number(0), new BigDecimal("86399.999"));
            case INSTANT, LOCAL_TIMESTAMP ->
                    List.of(
                            number(0),
                            new BigDecimal("-0.001"),
                            new BigDecimal("-62135596800").stripTrailingZeros(),
                            new BigDecimal("9E+9"));
        };
    }

    private static BigDecimal number(long value) {
        return BigDecimal.valueOf(value).stripTrailingZeros();
    }
}
