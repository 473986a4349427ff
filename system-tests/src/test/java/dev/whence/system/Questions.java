package dev.whence.system;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that ask on and on, each time one of the replicas that said last that they are ready:
 * what a Service of Kubernetes does with readiness probes.
 */
final class Questions implements AutoCloseable {
    private static final int THREADS = 4;

    /** Well below the time for which a service goes on answering after it said that it ends. */
    private static final Duration PROBE_INTERVAL = Duration.ofMillis(500);

    private final Map<Server, Boolean> replicas = new ConcurrentHashMap<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong slowestProbeMillis = new AtomicLong();
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> paths;
    private volatile boolean ending;

    /**
     * @param paths that answer 200 as long as everything is well
     */
    Questions(List<Server> ready, List<String> paths) {
        ready.forEach(replica -> replicas.put(replica, true));
        this.paths = paths;
        threads.add(Thread.ofPlatform().daemon().start(this::probe));
        for (int thread = 0; thread < THREADS; thread++) {
            threads.add(Thread.ofPlatform().daemon().start(this::ask));
        }
    }

    /** From its next probe on, a replica is asked, too. */
    void add(Server replica) {
        replicas.put(replica, false);
    }

    void remove(Server replica) {
        replicas.remove(replica);
    }

    long answers() {
        return answers.get();
    }

    /**
     * The longest that a replica was not looked at. A service whose end is seen later than it goes
     * on answering fails questions, as it would behind any balancer that is as slow.
     */
    long slowestProbeMillis() {
        return slowestProbeMillis.get();
    }

    /** What went wrong: an answer that was none, or no replica that was ready. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    private void probe() {
        long last = System.nanoTime();
        while (!ending) {
            for (Server replica : replicas.keySet()) {
                boolean ready = isReady(replica);
                replicas.computeIfPresent(replica, (_, _) -> ready);
            }
            long now = System.nanoTime();
            slowestProbeMillis.accumulateAndGet((now - last) / 1_000_000, Math::max);
            last = now;
            pause(PROBE_INTERVAL);
        }
    }

    private static boolean isReady(Server replica) {
        try {
            return replica.get("/q/health/ready").statusCode() == 200;
        } catch (Exception e) {
            return false; // it has ended, or has not begun
        }
    }

    private void ask() {
        while (!ending) {
            List<Server> ready =
                    replicas.entrySet().stream()
                            .filter(Map.Entry::getValue)
                            .map(Map.Entry::getKey)
                            .toList();
            if (ready.isEmpty()) {
                failures.add("no replica was ready");
                pause(PROBE_INTERVAL);
                continue;
            }
            Server replica = ready.get(ThreadLocalRandom.current().nextInt(ready.size()));
            String path = paths.get(ThreadLocalRandom.current().nextInt(paths.size()));
            try {
                HttpResponse<String> answer = replica.get(path);
                if (answer.statusCode() == 200) {
                    answers.incrementAndGet();
                } else {
                    failures.add(path + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (Exception e) {
                failures.add(path + ": " + e);
            }
        }
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    /** What is under way is answered first: nobody hangs up in the midst of a question. */
    @Override
    public void close() throws InterruptedException {
        ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
