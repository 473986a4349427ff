package dev.whence.cli.table;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A size: {@code 4096}, {@code 64K}, {@code 128M}, {@code 1G}, {@code 1T}, by 1,024. */
public record Bytes(long count) {
    private static final String UNITS = "KMGT";
    private static final Pattern FORM = Pattern.compile("([0-9]{1,12})([KMGT]?)");

    @Override
    public String toString() {
        long left = count;
        int unit = -1;
        while (left > 0 && left % 1024 == 0 && unit < UNITS.length() - 1) {
            left /= 1024;
            unit++;
        }
        return left + (unit < 0 ? "" : UNITS.substring(unit, unit + 1));
    }

    /** Reads one. */
    public static final class Converter implements ITypeConverter<Bytes> {
        @Override
        public Bytes convert(String text) {
            Matcher found = FORM.matcher(text.toUpperCase(Locale.ROOT));
            if (!found.matches()) {
                throw new TypeConversionException(
                        "'%s' is no size; write bytes, or a number and K, M, G or T"
                                .formatted(text));
            }
            int unit = found.group(2).isEmpty() ? -1 : UNITS.indexOf(found.group(2));
            try {
                return new Bytes(
                        Math.multiplyExact(
                                Long.parseLong(found.group(1)), 1L << (10 * (unit + 1))));
            } catch (ArithmeticException _) {
                throw new TypeConversionException("'%s' is too large".formatted(text));
            }
        }
    }
}
