package dev.whence.catalog;

import java.util.ArrayList;
import java.util.List;

/**
 * How far takedowns have come in a version.
 *
 * @param rules the number of the access rules under which it took in what it took in: no row of it
 *     is taken down by them; 0 for none
 * @param since the last version that was given rows which are taken down, and left them out or lets
 *     them wait, or that brought old data back; 0 for none
 * @param purges of which rules everything is gone, ascending, at most {@value #MOST_PURGES}
 */
public record TakedownProgress(long rules, long since, List<Purge> purges) {
    /** More are forgotten, the oldest first: what they say is then said of a later version. */
    public static final int MOST_PURGES = 100;

    /** Nothing was ever taken down. */
    public static final TakedownProgress NONE = new TakedownProgress(0, 0, List.of());

    public TakedownProgress {
        purges =
                List.copyOf(
                        purges.subList(Math.max(0, purges.size() - MOST_PURGES), purges.size()));
        for (int at = 1; at < purges.size(); at++) {
            Purge before = purges.get(at - 1);
            Purge purge = purges.get(at);
            if (purge.rules() <= before.rules() || purge.version() < before.version()) {
                throw new IllegalArgumentException(
                        "%s cannot come after %s".formatted(purge, before));
            }
        }
    }

    /** The number of the newest rules of which everything is gone; 0 for none. */
    public long purgedRules() {
        return purges.isEmpty() ? 0 : purges.getLast().rules();
    }

    /** The same under other rules. */
    public TakedownProgress under(long others) {
        return new TakedownProgress(others, since, purges);
    }

    /**
     * A version left rows out that it was given. What was gone is gone still, but the objects that
     * held these rows were named until now.
     */
    public TakedownProgress leftOutIn(long version) {
        List<Purge> now = purges.isEmpty() ? List.of() : List.of(new Purge(purgedRules(), version));
        return new TakedownProgress(rules, version, now);
    }

    /**
     * A version brought some back, or lets some wait: that all is gone has to be found out again.
     */
    public TakedownProgress broughtBackIn(long version) {
        return new TakedownProgress(rules, version, List.of());
    }

    /**
     * Everything that some rules take down is gone in a version.
     *
     * @param deletedUpTo everything that versions up to this one superseded is deleted: of older
     *     purges the newest one says as much as all
     */
    public TakedownProgress purged(long ofRules, long version, long deletedUpTo) {
        var kept = new ArrayList<>(purges);
        kept.add(new Purge(ofRules, Math.max(version, since)));
        while (kept.size() > 1 && kept.get(1).version() <= deletedUpTo) {
            kept.removeFirst();
        }
        return new TakedownProgress(rules, since, kept);
    }
}
