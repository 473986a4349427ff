package dev.whence.source;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;

/**
 * Times as producers write them: ISO 8601 dates and date-times (UTC unless they say an offset; a
 * space may stand for the {@code T}), the 14 digits of web archives ({@code yyyyMMddHHmmss}), and
 * seconds, milliseconds or microseconds since 1970 by their 10, 13 or 16 digits. A time that is
 * none of these is as good as none: the URL counts, not its date.
 */
final class CaptureTime {
    /** The columns and fields that hold a time. */
    static boolean isColumn(String name) {
        return name.equals("ts") || name.equals("timestamp");
    }

    private CaptureTime() {}

    /** Microseconds since 1970 UTC, or {@link UrlSource#NO_TS}. */
    static long micros(String text) {
        String time = text.strip();
        try {
            return isDigits(time) ? ofDigits(time) : ofIso(time);
        } catch (DateTimeException | ArithmeticException e) {
            return UrlSource.NO_TS;
        }
    }

    private static long ofDigits(String digits) {
        return switch (digits.length()) {
            case 10 -> Math.multiplyExact(Long.parseLong(digits), 1_000_000L);
            case 13 -> Math.multiplyExact(Long.parseLong(digits), 1_000L);
            case 14 ->
                    micros(
                            LocalDateTime.of(
                                            number(digits, 0, 4),
                                            number(digits, 4, 6),
                                            number(digits, 6, 8),
                                            number(digits, 8, 10),
                                            number(digits, 10, 12),
                                            number(digits, 12, 14))
                                    .toInstant(ZoneOffset.UTC));
            case 16 -> Long.parseLong(digits);
            default -> UrlSource.NO_TS;
        };
    }

    private static long ofIso(String text) {
        if (text.length() == 10) {
            return micros(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
        }
        var time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
        return micros(
                time instanceof OffsetDateTime offset
                        ? offset.toInstant()
                        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static int number(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(unit -> unit >= '0' && unit <= '9');
    }
}
