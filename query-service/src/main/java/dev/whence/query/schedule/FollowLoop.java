package dev.whence.query.schedule;

import dev.whence.query.config.QueryConfig;
import dev.whence.query.version.FollowStep;
import dev.whence.query.version.PollPacing;
import dev.whence.query.version.VersionFollower;
import dev.whence.telemetry.LogFields;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/** Follows the chain of versions on a thread of its own, for as long as the service runs. */
@Singleton
final class FollowLoop {
    private static final Logger LOG = Logger.getLogger(FollowLoop.class);

    private final VersionFollower follower;
    private final FollowMetrics metrics;
    private final PollPacing pacing;
    private final Thread thread;

    @Inject
    FollowLoop(VersionFollower follower, FollowMetrics metrics, QueryConfig settings) {
        this.follower = follower;
        this.metrics = metrics;
        this.pacing = new PollPacing(settings.pollInterval(), RandomGenerator.getDefault());
        this.thread = Thread.ofPlatform().daemon().name("whence-query-follow").unstarted(this::run);
    }

    void start(@Observes StartupEvent event) {
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                FollowStep step = follower.poll();
                tell(step);
                Thread.sleep(pacing.after(step));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer following versions");
        } catch (RuntimeException | Error e) {
            LOG.error("following versions ended; this process is no longer alive, restart it", e);
            metrics.ended();
            throw e;
        }
    }

    private void tell(FollowStep step) {
        metrics.count(step);
        switch (step) {
            case FollowStep.Unchanged u -> LOG.trace("no newer version");
            case FollowStep.Advanced a -> {
                try (LogFields _ = LogFields.ofVersion(a.to())) {
                    LOG.infof("serving version %d", a.to());
                }
            }
            case FollowStep.Refused r ->
                    LOG.errorf(
                            r.cause(),
                            "version %d is refused; what was served before still is",
                            r.number());
            case FollowStep.Failed f -> LOG.warnf("cannot follow versions: %s", f.cause());
        }
    }
}
