package dev.whence.catalog;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which versions stay readable and what may go. Pure: from what is known to a plan.
 *
 * <p>An object goes in two steps. It is <em>superseded</em> in the first version without it; it is
 * <em>expired</em> once every version that named it is no longer retained; it may be deleted when
 * the grace has passed since then. Each step is written in a version before the next one begins, so
 * that a crash repeats a step and skips none.
 */
public final class Retention {
    private final RetentionRules rules;

    public Retention(RetentionRules rules) {
        this.rules = rules;
    }

    /**
     * Whether a version leaves the newest ones that stay whatever their age, once {@code next} is
     * published.
     */
    boolean outnumbered(long version, long next) {
        return version <= next - rules.versions();
    }

    /** Whether a version that was superseded at a time stays readable. */
    boolean young(Instant supersededAt, Instant now) {
        return supersededAt.plus(rules.age()).isAfter(now);
    }

    /** Whether an expired object may be deleted. */
    boolean due(Expired object, Instant now) {
        return !object.since().plus(rules.grace()).isAfter(now);
    }

    /**
     * The lists of the version after the base.
     *
     * @param publishedAt when versions were published, by number; where one is missing, the version
     *     before it stays
     * @param now when the next version will be published
     * @param dropped what the next version names no longer
     * @param deleted keys that are deleted and need not be listed any more
     */
    public RetirePlan plan(
            Version base,
            Map<Long, Instant> publishedAt,
            Instant now,
            List<Superseded> dropped,
            Set<String> deleted) {
        long oldest = oldestRetained(base, publishedAt, now);
        var superseded = new ArrayList<Superseded>();
        var expired = new ArrayList<Expired>();
        for (Expired object : base.expired()) {
            if (!deleted.contains(object.key())) {
                expired.add(object);
            }
        }
        for (List<Superseded> objects : List.of(base.superseded(), dropped)) {
            for (Superseded object : objects) {
                if (object.version() <= oldest) {
                    expired.add(new Expired(object.key(), now));
                } else {
                    superseded.add(object);
                }
            }
        }
        return new RetirePlan(oldest, List.copyOf(superseded), List.copyOf(expired));
    }

    /** The lists of version 1: nothing older could name what it brings and drops. */
    public static RetirePlan first(Instant now, List<Superseded> dropped) {
        return new RetirePlan(
                1,
                List.of(),
                dropped.stream().map(object -> new Expired(object.key(), now)).toList());
    }

    private long oldestRetained(Version base, Map<Long, Instant> publishedAt, Instant now) {
        long next = base.number() + 1;
        long oldest = base.oldestRetained();
        while (outnumbered(oldest, next)) {
            Instant supersededAt = oldest + 1 == next ? now : publishedAt.get(oldest + 1);
            if (supersededAt == null || young(supersededAt, now)) {
                break;
            }
            oldest++;
        }
        return oldest;
    }
}
