package dev.whence.query.schedule;

import dev.whence.query.access.RulesFollower;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready as long as the access rules are known well enough to answer by them. */
@Readiness
@Singleton
final class AccessReadiness implements HealthCheck {
    private final RulesFollower rules;

    @Inject
    AccessReadiness(RulesFollower rules) {
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        RulesFollower.State state = rules.state();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("access")
                        .status(rules.areKnown())
                        .withData("rules", state.rules());
        if (state.problem() != null) {
            answer.withData("problem", state.problem());
        }
        return answer.build();
    }
}
