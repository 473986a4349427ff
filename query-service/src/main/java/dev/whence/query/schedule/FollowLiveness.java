package dev.whence.query.schedule;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive as long as the chains of versions and of access rules are followed: a thread that ended by
 * an error comes back with a new process only. What it meets on the way, a store out of reach or a
 * version that is refused, is for readiness to tell.
 */
@Liveness
@Singleton
final class FollowLiveness implements HealthCheck {
    private final FollowMetrics versions;
    private final AccessMetrics rules;

    @Inject
    FollowLiveness(FollowMetrics versions, AccessMetrics rules) {
        this.versions = versions;
        this.rules = rules;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("query").status(versions.alive() && rules.alive()).build();
    }
}
