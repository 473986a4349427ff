package dev.whence.house;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The bounds of a setting, as the last sentence of its documentation says them. */
record SettingBounds(String least, String most) {
    private static final Pattern SENTENCE = Pattern.compile("\\s*From ([^.]+?) to ([^.]+)\\.$");
    private static final Pattern AMOUNT = Pattern.compile("([0-9,]+)(?: ([A-Za-z]+))?");

    private static final Map<String, Long> BYTES =
            Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30, "TiB", 1L << 40);
    private static final Map<String, Duration> TIMES =
            Map.of(
                    "ms", Duration.ofMillis(1),
                    "s", Duration.ofSeconds(1),
                    "min", Duration.ofMinutes(1),
                    "h", Duration.ofHours(1),
                    "day", Duration.ofDays(1),
                    "days", Duration.ofDays(1));

    static Optional<SettingBounds> in(String text) {
        Matcher sentence = SENTENCE.matcher(text);
        return sentence.find()
                ? Optional.of(new SettingBounds(sentence.group(1), sentence.group(2)))
                : Optional.empty();
    }

    static String without(String text) {
        return SENTENCE.matcher(text).replaceFirst("");
    }

    /** A number or bytes as they are set. */
    static long number(String amount) {
        Matcher parts = parts(amount);
        long unit = parts.group(2) == null ? 1 : BYTES.get(parts.group(2));
        return Math.multiplyExact(count(parts), unit);
    }

    static Duration duration(String amount) {
        Matcher parts = parts(amount);
        return TIMES.get(parts.group(2)).multipliedBy(count(parts));
    }

    private static long count(Matcher parts) {
        return Long.parseLong(parts.group(1).replace(",", ""));
    }

    private static Matcher parts(String amount) {
        Matcher parts = AMOUNT.matcher(amount);
        if (!parts.matches()) {
            throw new IllegalArgumentException("'" + amount + "' is no amount with a unit");
        }
        return parts;
    }
}
