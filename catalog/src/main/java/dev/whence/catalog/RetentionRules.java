package dev.whence.catalog;

import java.time.Duration;

/**
 * How long old versions stay readable, and how long what they alone named stays after that.
 *
 * @param age how long a version stays readable, counted from when its successor was published: a
 *     version that was the newest for a year is not old
 * @param versions how many of the newest versions stay readable whatever their age, at least 1
 * @param grace how long an object stays after no readable version names it
 */
public record RetentionRules(Duration age, int versions, Duration grace) {

    public RetentionRules {
        if (age.isNegative() || grace.isNegative()) {
            throw new IllegalArgumentException(
                    "retention counts forward: age %s, grace %s".formatted(age, grace));
        }
        if (versions < 1) {
            throw new IllegalArgumentException(
                    "at least the newest version is retained, not " + versions);
        }
    }
}
