package dev.whence.catalog;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides which versions stay readable and what may go. Pure: from numbers and times to numbers.
 *
 * <p>An object goes in two steps. It is <em>superseded</em> by the first version without it, which
 * lists it; it is <em>expired</em> from the first version whose {@code oldestRetained} has reached
 * that one; it may be deleted when the grace has passed since then. Each step stands in a version
 * before the next one begins, so that a crash repeats a step and skips none; and each is found from
 * a few numbers and the chain itself, so that no list grows with the versions.
 */
public final class Retention {
    private final RetentionRules rules;

    public Retention(RetentionRules rules) {
        this.rules = rules;
    }

    /** When versions were published: never before the version before. */
    interface Times {
        /** Null where that is not known. */
        @Nullable Instant publishedAt(long version) throws IOException;
    }

    /**
     * The oldest version that is readable once the one after the base is published; it never runs
     * backwards. A version whose successor's time is not known stays.
     *
     * @param now when the next version will be published
     */
    long oldestRetained(Version base, Times times, Instant now) throws IOException {
        long next = base.number() + 1;
        return newestUntil(
                now.minus(rules.age()),
                base.oldestRetained(),
                next - rules.versions() + 1,
                version -> version == next ? now : times.publishedAt(version));
    }

    /**
     * The newest version whose grace has passed: what the versions up to its {@code oldestRetained}
     * superseded may be deleted. That of {@code newest.deletedUpTo()}, or an earlier one, means
     * nothing.
     */
    long graceEnded(Version newest, Times times, Instant now) throws IOException {
        return newestUntil(now.minus(rules.grace()), newest.deletedUpTo(), newest.number(), times);
    }

    /** What versions say, damaged ones by the next. */
    interface Versions {
        Version read(long version) throws IOException;
    }

    /**
     * Since when that may be deleted which a version superseded: a grace after the first version
     * whose {@code oldestRetained} had reached it. Empty if none has.
     */
    Optional<Instant> dueSince(long superseding, Version newest, Versions versions)
            throws IOException {
        if (newest.oldestRetained() < superseding) {
            return Optional.empty();
        }
        long before = superseding - 1;
        Version first = newest;
        while (first.number() - before > 1) {
            long middle = before + (first.number() - before) / 2;
            Version version = versions.read(middle);
            if (version.oldestRetained() < superseding) {
                before = middle;
            } else if (version.number() < first.number()) {
                first = version;
            } else {
                break;
            }
        }
        return Optional.of(first.publishedAt().plus(rules.grace()));
    }

    /**
     * The newest of the versions {@code (from, to]} that was published up to a time, or {@code
     * from} if none was. Looks at about log N of them, N being how far the answer is from {@code
     * from}.
     */
    private static long newestUntil(Instant time, long from, long to, Times times)
            throws IOException {
        long found = from;
        long beyond = to + 1;
        for (long step = 1; found + step < beyond; step *= 2) {
            if (isUntil(time, times.publishedAt(found + step))) {
                found += step;
            } else {
                beyond = found + step;
            }
        }
        while (beyond - found > 1) {
            long middle = found + (beyond - found) / 2;
            if (isUntil(time, times.publishedAt(middle))) {
                found = middle;
            } else {
                beyond = middle;
            }
        }
        return found;
    }

    private static boolean isUntil(Instant time, @Nullable Instant publishedAt) {
        return publishedAt != null && !publishedAt.isAfter(time);
    }
}
