package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/**
 * What runs by the clock ends, and goes: one at a time, with a deadline, and taken away at last,
 * since an alert lasts as long as a failed job does.
 */
final class JobRule implements ManifestRule {
    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (JsonNode jobs : manifests.ofKind("CronJob").toList()) {
            if (!jobs.at("/spec/concurrencyPolicy").asText().equals("Forbid")) {
                broken.accept(Manifests.title(jobs) + " may run beside itself");
            }
            for (String bound : List.of("activeDeadlineSeconds", "ttlSecondsAfterFinished")) {
                if (!jobs.at("/spec/jobTemplate/spec").has(bound)) {
                    broken.accept(Manifests.title(jobs) + " makes jobs without " + bound);
                }
            }
        }
    }
}
