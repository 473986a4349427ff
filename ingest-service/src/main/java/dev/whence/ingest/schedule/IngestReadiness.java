package dev.whence.ingest.schedule;

import dev.whence.ingest.kafka.Ingest;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Ready while the group has given us our share, and nothing keeps us from working. */
@Readiness
@ApplicationScoped
class IngestReadiness implements HealthCheck {
    private final IngestLifecycle lifecycle;

    IngestReadiness(IngestLifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("ingest");
        Ingest ingest = lifecycle.ingest();
        if (ingest == null || !ingest.hasJoined()) {
            return answer.down().withData("group", "not joined yet").build();
        }
        var conditions = ingest.conditions().all();
        conditions.forEach(answer::withData);
        return answer.status(conditions.isEmpty() && ingest.isAlive()).build();
    }
}
