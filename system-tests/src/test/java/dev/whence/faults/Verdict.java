package dev.whence.faults;

import java.time.Duration;
import java.util.Map;

/**
 * What came of a fault that the promises held in.
 *
 * @param recovery from the end of the fault until all services were ready and everything that the
 *     broker had accepted was served
 * @param batches accepted so far, of this and of earlier faults
 * @param right answers that were right, by the witness, from the beginning of the fault
 * @param errors answers that said of themselves that they were none, by kind
 * @param silences questions without an answer
 */
record Verdict(
        String fault,
        Duration recovery,
        long batches,
        long right,
        Map<String, Integer> errors,
        long silences) {
    @Override
    public String toString() {
        return "fault %s: recovered in %.1f s, %,d batches, %,d right answers, errors %s, %,d without an answer"
                .formatted(fault, recovery.toMillis() / 1e3, batches, right, errors, silences);
    }
}
