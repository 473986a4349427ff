package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.system.CommandLine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Judges every fault alike: all that was accepted is there exactly once, nothing wrong was told
 * meanwhile, nothing ended but what the fault ended, and it came back by itself and in time.
 */
final class Judge {
    private static final int POLL_MILLIS = 100;

    private final Served served;
    private final Service query;
    private final List<Service> services;
    private final CommandLine commandLine;

    /** Of the query service, when it was judged last. */
    private int queryEnds;

    /**
     * @param services all of them, as they come; each must be ready in the end
     * @param commandLine which knows the store
     */
    Judge(Served served, Service query, List<Service> services, CommandLine commandLine) {
        this.served = served;
        this.query = query;
        this.services = services;
        this.commandLine = commandLine;
    }

    /** How long it takes from a moment until all are ready and serve all; at most the bound. */
    Duration awaitRecovery(Instant since, Duration bound) throws Exception {
        Instant deadline = since.plus(bound);
        String missing = missing();
        while (missing != null) {
            assertThat(Instant.now())
                    .as("recovered within %d s: %s", bound.toSeconds(), missing)
                    .isBefore(deadline);
            Thread.sleep(POLL_MILLIS);
            missing = missing();
        }
        return Duration.between(since, Instant.now());
    }

    /** What is not as it should be; null if all is. */
    private String missing() throws InterruptedException {
        for (Service service : services) {
            if (!service.isReady()) {
                return service + " is not ready";
            }
        }
        return served.difference();
    }

    /** Returns if the lake holds what was accepted, and nothing else. */
    void judgeLake() throws Exception {
        served.assertWhole();
        CommandLine.Result check = commandLine.run("check", "--deep");
        assertThat(check.exitCode()).as(check.all()).isZero();
    }

    /**
     * Returns if answers went on and none was wrong.
     *
     * @param during what was heard while the fault lasted
     * @param after what was heard from then on
     */
    void judgeAnswers(Witness.Heard during, Witness.Heard after) {
        assertThat(during.wrong()).as("wrong answers during the fault").isEmpty();
        assertThat(after.wrong()).as("wrong answers after the fault").isEmpty();
        assertThat(during.right()).as("right answers during the fault").isPositive();
        int ends = query.ends().size();
        if (ends == queryEnds) {
            assertThat(during.silences() + after.silences())
                    .as("silences, though %s runs", query)
                    .isZero();
        }
        queryEnds = ends;
    }

    /** How many processes have ended so far. */
    int ends() {
        return services.stream().mapToInt(service -> service.ends().size()).sum();
    }

    /** Returns if none ended but those that were ended, and none since there were so many. */
    void judgeEnds(int sinceMended) {
        for (Service service : services) {
            assertThat(service.ends()).as("ends of %s", service).allMatch(End::expected);
        }
        assertThat(ends()).as("ends of processes, when the fault was over").isEqualTo(sinceMended);
    }
}
