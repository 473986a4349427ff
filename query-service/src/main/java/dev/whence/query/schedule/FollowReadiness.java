package dev.whence.query.schedule;

import dev.whence.query.config.QueryConfig;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionShelf;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once a version is served (an empty store counts as version 0), and no longer when the end
 * of the chain has been out of reach for too long: answers would soon be of a version whose files
 * are being deleted.
 */
@Readiness
@Singleton
final class FollowReadiness implements HealthCheck {
    private final VersionShelf shelf;
    private final VersionFollower follower;
    private final FollowMetrics metrics;
    private final Duration maxLag;

    @Inject
    FollowReadiness(
            VersionShelf shelf,
            VersionFollower follower,
            FollowMetrics metrics,
            QueryConfig settings) {
        this.shelf = shelf;
        this.follower = follower;
        this.metrics = metrics;
        this.maxLag = settings.maxLag();
    }

    @Override
    public HealthCheckResponse call() {
        VersionFollower.State state = follower.state();
        boolean close = state.behind(Instant.now()).compareTo(maxLag) < 0;
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("query")
                        .status(shelf.served().isPresent() && close && metrics.alive())
                        .withData("newest_known", state.newestKnown());
        shelf.served().ifPresent(number -> answer.withData("served", number));
        if (state.problem() != null) {
            answer.withData("problem", state.problem());
        }
        return answer.build();
    }
}
