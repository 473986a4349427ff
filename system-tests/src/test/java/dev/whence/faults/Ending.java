package dev.whence.faults;

import java.util.Set;
import java.util.regex.Pattern;

/** How a process may be meant to end. */
enum Ending {
    /** Not at all. */
    NONE(Set.of(), ""),

    /** By SIGKILL. */
    KILLED(Set.of(128 + 9), ""),

    /**
     * Because it gets no memory: by Java's own word, by an error that it was told to end with, or
     * by SIGABRT.
     */
    OUT_OF_MEMORY(Set.of(1, 3, 128 + 6), "insufficient memory|OutOfMemoryError");

    private final Set<Integer> statuses;
    private final Pattern said;

    Ending(Set<Integer> statuses, String said) {
        this.statuses = statuses;
        this.said = Pattern.compile(said);
    }

    /** Whether it ended so, by its exit status and what it printed. */
    boolean matches(int status, String output) {
        return statuses.contains(status) && said.matcher(output).find();
    }
}
