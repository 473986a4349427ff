package dev.whence.query.schedule;

import dev.whence.query.access.RulesFollower;
import dev.whence.query.config.QueryConfig;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Follows the access rules on a thread of its own, since opening a version may take longer than a
 * takedown may wait. Looks are spread, so that replicas do not ask in step, and come as often after
 * failures: each is one small question.
 */
@Singleton
final class AccessLoop {
    private static final Logger LOG = Logger.getLogger(AccessLoop.class);

    private final RulesFollower rules;
    private final AccessMetrics metrics;
    private final long intervalMillis;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Thread thread;

    @Inject
    AccessLoop(RulesFollower rules, AccessMetrics metrics, QueryConfig settings) {
        this.rules = rules;
        this.metrics = metrics;
        this.intervalMillis = settings.accessInterval().toMillis();
        this.thread = Thread.ofPlatform().daemon().name("whence-query-access").unstarted(this::run);
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
                tell(rules.poll());
                Thread.sleep(Math.round(intervalMillis * random.nextDouble(0.75, 1.25)));
            }
        } catch (InterruptedException e) {
            LOG.debug("no longer following access rules");
        } catch (RuntimeException | Error e) {
            LOG.error(
                    "following access rules ended; this process is no longer alive, restart it", e);
            metrics.ended();
            throw e;
        }
    }

    private void tell(RulesFollower.Step step) {
        switch (step) {
            case RulesFollower.Step.Unchanged u -> LOG.trace("no newer access rules");
            case RulesFollower.Step.Changed(long number) -> {
                if (rules.isOpenByMistake()) {
                    LOG.errorf("nothing is answered: %s", rules.state().problem());
                } else {
                    LOG.infof("access rules %d are in force", number);
                }
            }
            case RulesFollower.Step.Failed(Exception cause) -> {
                metrics.failed();
                LOG.warnf("cannot follow access rules; the ones before stay in force: %s", cause);
            }
        }
    }
}
