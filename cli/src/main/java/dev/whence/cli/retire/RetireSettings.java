package dev.whence.cli.retire;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the indexer is told about deleting, heard by the command line, too: the same variables, with
 * the same bounds. How long versions stay readable is not among it: a version says that itself.
 *
 * @param grace how long objects stay after no readable version names them
 * @param dryRun whether to delete nothing
 */
public record RetireSettings(Duration grace, boolean dryRun) {
    static final String GRACE = "WHENCE_INDEXER_GRACE";
    static final String DRY_RUN = "WHENCE_INDEXER_DRY_RUN";

    private static final Duration DEFAULT = Duration.ofHours(24);
    private static final Duration LEAST = Duration.ofMinutes(1);
    private static final Duration MOST = Duration.ofDays(3_650);

    /** As settings may be written: {@code 90s}, {@code 24h}, or seconds. */
    private static final Pattern SHORT = Pattern.compile("([0-9]{1,9})([smhd]?)");

    /** Whatever else is said of a dry run means that nothing is to be deleted. */
    private static final Set<String> NO = Set.of("", "false", "0", "no", "n", "off", "f");

    /**
     * What holds for a call: what the command line says, else the environment. An indexer may have
     * been told of its grace where nobody sees it from here, so that nothing is deleted by default.
     *
     * @param grace what the command line says; null for nothing
     * @param dryRun whether it says so
     * @param environment what the indexer would be told
     */
    public static RetireSettings of(
            @Nullable String grace, boolean dryRun, Map<String, String> environment)
            throws Failure {
        String told = environment.getOrDefault(DRY_RUN, "").strip().toLowerCase(Locale.ROOT);
        boolean dry = dryRun || !NO.contains(told);
        return new RetireSettings(grace(grace, environment.getOrDefault(GRACE, ""), dry), dry);
    }

    private static Duration grace(@Nullable String option, String variable, boolean dryRun)
            throws Failure {
        if (option == null && variable.isEmpty() && !dryRun) {
            throw new Failure(
                    ExitCode.USAGE,
                    "say how long objects stay as the indexer is told it (whence.indexer.grace, 24h"
                            + " if it is told nothing): --grace TIME or "
                            + GRACE
                            + "; or --dry-run",
                    null);
        }
        if (option == null && variable.isEmpty()) {
            return DEFAULT;
        }
        String name = option == null ? GRACE : "--grace";
        String text = option == null ? variable : option;
        Duration grace = duration(name, text);
        if (grace.compareTo(LEAST) < 0 || grace.compareTo(MOST) > 0) {
            throw new Failure(
                    ExitCode.USAGE,
                    "%s is from 1 min to 3,650 days, not '%s'".formatted(name, text),
                    null);
        }
        return grace;
    }

    private static Duration duration(String name, String text) throws Failure {
        Matcher found = SHORT.matcher(text.toLowerCase(Locale.ROOT));
        if (found.matches()) {
            long number = Long.parseLong(found.group(1));
            return switch (found.group(2)) {
                case "m" -> Duration.ofMinutes(number);
                case "h" -> Duration.ofHours(number);
                case "d" -> Duration.ofDays(number);
                default -> Duration.ofSeconds(number);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeParseException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "%s is a time such as PT24H or 24h, not '%s'".formatted(name, text),
                    e);
        }
    }
}
