package dev.whence.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * ISO 8601 times with an offset, as microseconds since 1970 UTC. Finer fractions are cut off. The
 * usual form {@code 2024-06-14T00:00:00Z} is read without the general parser, which takes longer
 * than all else that is done to a URL.
 */
final class Timestamps {
    private static final int PLAIN_LENGTH = "2024-06-14T00:00:00Z".length();
    private static final long SECOND_MICROS = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final int DAY_SECONDS = 86_400;

    private Timestamps() {}

    /**
     * @throws DateTimeException if the text is no such time
     */
    static long micros(char[] chars, int from, int count) {
        if (count == PLAIN_LENGTH
                && chars[from + 4] == '-'
                && chars[from + 7] == '-'
                && chars[from + 10] == 'T'
                && chars[from + 13] == ':'
                && chars[from + 16] == ':'
                && chars[from + 19] == 'Z') {
            int year = number(chars, from, 4);
            int month = number(chars, from + 5, 2);
            int day = number(chars, from + 8, 2);
            int hour = number(chars, from + 11, 2);
            int minute = number(chars, from + 14, 2);
            int second = number(chars, from + 17, 2);
            if (hour > 23 || minute > 59 || second > 59) {
                throw new DateTimeException("no such time of day");
            }
            long days = LocalDate.of(year, month, day).toEpochDay();
            return (days * DAY_SECONDS + hour * 3_600L + minute * 60L + second) * SECOND_MICROS;
        }
        try {
            Instant instant = OffsetDateTime.parse(new String(chars, from, count)).toInstant();
            return Math.addExact(
                    Math.multiplyExact(instant.getEpochSecond(), SECOND_MICROS),
                    instant.getNano() / NANOS_PER_MICRO);
        } catch (ArithmeticException e) {
            throw new DateTimeException("beyond what 64 bits of microseconds hold", e);
        }
    }

    private static int number(char[] chars, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = chars[i] - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("a digit is missing");
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
