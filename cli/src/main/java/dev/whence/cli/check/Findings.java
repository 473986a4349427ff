package dev.whence.cli.check;

import java.util.function.Consumer;

/** What is wrong, told as it is found; after {@link #MOST_TOLD} it is only counted. */
public final class Findings {
    static final int MOST_TOLD = 1_000;

    private final Consumer<String> told;
    private long count;

    public Findings(Consumer<String> told) {
        this.told = told;
    }

    void add(String finding) {
        count++;
        if (count <= MOST_TOLD) {
            told.accept(finding);
        } else if (count == MOST_TOLD + 1) {
            told.accept("(more is wrong; from here on it is only counted)");
        }
    }

    void expect(String what, long expected, long found) {
        if (expected != found) {
            add("%s: expected %d, found %d".formatted(what, expected, found));
        }
    }

    public long count() {
        return count;
    }
}
