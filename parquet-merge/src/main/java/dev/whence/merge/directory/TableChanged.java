package dev.whence.merge.directory;

import dev.whence.merge.MergeOutcome;
import java.util.OptionalLong;

/**
 * How a change of a table ended.
 *
 * @param outcome its counts are those of the table that it was planned on
 * @param commit its number; empty if there was nothing to change
 * @param rebasedOver commits of others that came in between and left what it had read as it was
 * @param replanned how often it was made anew, because they did not
 */
public record TableChanged(
        MergeOutcome outcome, OptionalLong commit, long rebasedOver, int replanned) {}
