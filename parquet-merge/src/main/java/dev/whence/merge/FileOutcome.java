package dev.whence.merge;

import java.util.Optional;

/**
 * One file and what became of it.
 *
 * @param before the target's file; empty if {@link Fate#INSERTED}
 * @param after the new file; empty if {@link Fate#REMOVED}, and as before if preserved
 * @param rows rows it holds now
 */
public record FileOutcome(
        Fate fate, Optional<DataFile> before, Optional<DataFile> after, long rows) {}
