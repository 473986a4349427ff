package dev.whence.faults;

import java.time.Duration;
import java.util.List;

/**
 * What came of a fault that the promises held in.
 *
 * @param fault in words
 * @param test its name
 * @param felt how often it was felt, and what it was felt by
 * @param recovery from the end of the fault until all services were ready and everything that the
 *     broker had accepted was served
 * @param heard by the witness while the fault lasted
 */
record Verdict(
        String fault, String test, List<String> felt, Duration recovery, Witness.Heard heard) {

    /** As the page of reliability has it. */
    String row() {
        return "| %s | `%s` | %s | %.1f s | %s |"
                .formatted(fault, test, String.join(", ", felt), recovery.toMillis() / 1e3, heard);
    }
}
