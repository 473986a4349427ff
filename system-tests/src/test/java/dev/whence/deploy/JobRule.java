package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * What runs by the clock ends, and goes: one at a time, with a deadline, and taken away at last,
 * since an alert lasts as long as a failed job does. What it found is not looked for again, and
 * what only came between is: a store out of reach, a node that was emptied.
 */
final class JobRule implements ManifestRule {
    /** The command line's exit code for something that is wrong. */
    private static final int WRONG = 3;

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (JsonNode jobs : manifests.ofKind("CronJob").toList()) {
            String title = Manifests.title(jobs);
            JsonNode job = jobs.at("/spec/jobTemplate/spec");
            if (!jobs.at("/spec/concurrencyPolicy").asText().equals("Forbid")) {
                broken.accept(title + " may run beside itself");
            }
            for (String bound : List.of("activeDeadlineSeconds", "ttlSecondsAfterFinished")) {
                if (!job.has(bound)) {
                    broken.accept(title + " makes jobs without " + bound);
                }
            }
            if (job.path("backoffLimit").asInt(0) == 0) {
                broken.accept(title + " gives up what was out of reach once");
            }
            JsonNode rules = job.at("/podFailurePolicy/rules");
            String container = job.at("/template/spec/containers/0/name").asText();
            if (!has(rules, rule -> failsAtWhatIsWrong(rule, container))) {
                broken.accept(title + " tries again what it found wrong");
            }
            if (!has(rules, JobRule::ignoresDisruption)) {
                broken.accept(title + " fails with the node that it is on");
            }
        }
    }

    private static boolean failsAtWhatIsWrong(JsonNode rule, String container) {
        JsonNode codes = rule.path("onExitCodes");
        return rule.path("action").asText().equals("FailJob")
                && codes.path("containerName").asText().equals(container)
                && codes.path("operator").asText().equals("In")
                && has(codes.path("values"), code -> code.asInt() == WRONG);
    }

    private static boolean ignoresDisruption(JsonNode rule) {
        return rule.path("action").asText().equals("Ignore")
                && has(
                        rule.path("onPodConditions"),
                        condition ->
                                condition.path("type").asText().equals("DisruptionTarget")
                                        && condition.path("status").asText().equals("True"));
    }

    private static boolean has(JsonNode list, Predicate<JsonNode> matching) {
        return StreamSupport.stream(list.spliterator(), false).anyMatch(matching);
    }
}
