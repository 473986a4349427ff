package dev.whence.query.page;

import io.quarkus.qute.ValueResolver;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Values as people read them. */
final class Texts {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);
    private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB", "PB"};

    /** What a template may say of a value, as in {@code {urls.grouped}}. */
    static final List<ValueResolver> RESOLVERS =
            List.of(
                    resolver(Number.class, "grouped", Texts::grouped),
                    resolver(Number.class, "urls", number -> of(number, "URL")),
                    resolver(Number.class, "domains", number -> of(number, "domain")),
                    resolver(Number.class, "datasets", number -> of(number, "dataset")),
                    resolver(Number.class, "asBytes", Texts::asBytes),
                    resolver(Number.class, "asPercent", Texts::asPercent),
                    resolver(Instant.class, "asTime", Texts::asTime),
                    resolver(Instant.class, "asMinute", MINUTE::format),
                    resolver(Instant.class, "asAge", Texts::asAge),
                    resolver(String.class, "shown", Texts::shown));

    private Texts() {}

    private static <T> ValueResolver resolver(
            Class<T> type, String name, Function<T, String> text) {
        return ValueResolver.builder()
                .applyToBaseClass(type)
                .applyToName(name)
                .resolveSync(context -> text.apply(type.cast(context.getBase())))
                .build();
    }

    /** A number in groups of three digits. */
    static String grouped(Number number) {
        return "%,d".formatted(number.longValue());
    }

    /** A number with its noun: "1 URL", "1,234 URLs". */
    static String of(Number number, String noun) {
        return grouped(number) + ' ' + (number.longValue() == 1 ? noun : noun + 's');
    }

    /** A size in bytes by powers of 1,000. */
    static String asBytes(Number bytes) {
        double size = bytes.doubleValue();
        int unit = 0;
        while (size >= 999.5 && unit < SIZES.length - 1) {
            size /= 1_000;
            unit++;
        }
        String digits = unit == 0 || size >= 99.5 ? "%.0f" : "%.1f";
        return digits.formatted(size) + ' ' + SIZES[unit];
    }

    /** A part of a whole, 0 to 1. */
    static String asPercent(Number share) {
        double percent = share.doubleValue() * 100;
        if (percent > 0 && percent < 0.1) {
            return "< 0.1 %";
        }
        if (percent > 99.9 && percent < 100) {
            return "> 99.9 %";
        }
        return (percent == 100 || percent == 0 ? "%.0f" : "%.1f").formatted(percent) + " %";
    }

    /** A time in UTC. */
    static String asTime(Instant time) {
        return TIME.format(time);
    }

    /** How long ago that was, roughly. */
    static String asAge(Instant time) {
        Duration age = Duration.between(time, Instant.now());
        if (age.toSeconds() < 2) {
            return "just now";
        }
        if (age.toMinutes() < 2) {
            return age.toSeconds() + " seconds ago";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " minutes ago";
        }
        return age.toDays() < 2 ? age.toHours() + " hours ago" : age.toDays() + " days ago";
    }

    /**
     * A text from outside: characters that are not seen, or that turn others round, stand there by
     * their numbers. What HTML takes for markup is escaped when it is put into the page.
     */
    static String shown(String text) {
        var shown = new StringBuilder(text.length());
        text.codePoints()
                .forEach(character -> {
                    if (isHidden(character)) {
                        shown.append("⟨U+%04X⟩".formatted(character));
                    } else {
                        shown.appendCodePoint(character);
                    }
                });
        return shown.toString();
    }

    private static boolean isHidden(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    true;
            default -> false;
        };
    }
}
