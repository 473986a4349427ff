package dev.whence.deploy;

import java.math.BigDecimal;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A quantity of Kubernetes ({@code 500m}, {@code 1Gi}) as a number of its unit. */
final class Quantity {
    private static final Pattern FORM = Pattern.compile("([0-9.]+)([a-zA-Z]*)");
    private static final Map<String, BigDecimal> FACTORS =
            Map.ofEntries(
                    Map.entry("m", new BigDecimal("0.001")),
                    Map.entry("", BigDecimal.ONE),
                    Map.entry("k", BigDecimal.valueOf(1_000)),
                    Map.entry("M", BigDecimal.valueOf(1_000_000)),
                    Map.entry("G", BigDecimal.valueOf(1_000_000_000)),
                    Map.entry("T", BigDecimal.valueOf(1_000_000_000_000L)),
                    Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
                    Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
                    Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
                    Map.entry("Ti", BigDecimal.valueOf(1L << 40)));

    private Quantity() {}

    static BigDecimal parse(String text) {
        Matcher form = FORM.matcher(text);
        BigDecimal factor = form.matches() ? FACTORS.get(form.group(2)) : null;
        if (factor == null) {
            throw new IllegalArgumentException(
                    "a quantity such as 500m or 1Gi, not '" + text + "'");
        }
        return new BigDecimal(form.group(1)).multiply(factor);
    }
}
