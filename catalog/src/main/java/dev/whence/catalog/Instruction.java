package dev.whence.catalog;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the indexer, as the object {@code index/instructions/{number}.json}. The
 * version that takes it in says what came of it.
 *
 * @param writer a fresh id of whoever gives it
 * @param version to roll back to, to keep, to keep no longer, or in which was rolled back what is
 *     to be replayed
 * @param datasetId only this dataset; null for all
 * @param reason for people who read the chain later
 */
public record Instruction(
        int format,
        long number,
        Instant givenAt,
        String writer,
        Kind kind,
        long version,
        @Nullable Integer datasetId,
        String reason) {
    /** Longest reason, in characters. */
    public static final int MAX_REASON_LENGTH = 1_000;

    /** What can be asked for. */
    public enum Kind {
        /** Makes datasets hold what they held in a version. */
        ROLLBACK,
        /** Takes in again what a rollback left out. */
        REPLAY,
        /** Keeps a version, and all after it, readable. */
        PIN,
        /** Ends a pin. */
        UNPIN;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Kind of(String text) {
            return Arrays.stream(values())
                    .filter(kind -> kind.text().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "no instruction '%s'; there are %s"
                                            .formatted(
                                                    text,
                                                    Arrays.stream(values())
                                                            .map(Kind::text)
                                                            .collect(Collectors.joining(", ")))));
        }
    }

    public Instruction {
        if (reason.length() > MAX_REASON_LENGTH) {
            throw new IllegalArgumentException(
                    "a reason has at most %d characters, not %d"
                            .formatted(MAX_REASON_LENGTH, reason.length()));
        }
    }

    /** Whether it concerns a dataset. */
    public boolean concerns(int id) {
        return datasetId == null || datasetId == id;
    }
}
