package dev.whence.query.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.HookedStore;
import dev.whence.query.PublishedViews;
import dev.whence.query.PublishedViews.Hiding;
import dev.whence.query.Rows;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What masks leave inside domains is counted once, however many ask for it at the same moment. */
class SharedCountsTest {
    private static final int DOMAINS = 6;
    private static final int CALLERS = 8;

    @TempDir Path directory;

    private final AtomicInteger reads = new AtomicInteger();
    private final Map<String, UrlRange> masks = new HashMap<>();
    private volatile List<Thread> callers = List.of();

    @Test
    void callersAtOnceReadWhatOneReads() throws Exception {
        List<List<DatasetSummary>> alone = ask("alone", 1);
        int readsAlone = reads.getAndSet(0);
        callers = List.of();
        assertThat(readsAlone).as("each domain is looked at").isGreaterThanOrEqualTo(DOMAINS);
        List<List<DatasetSummary>> together = ask("together", CALLERS);
        assertThat(reads).hasValue(readsAlone);
        assertThat(together).hasSize(CALLERS).containsOnly(alone.getFirst());
        assertThat(alone.getFirst().getFirst().urls()).isEqualTo(3 * DOMAINS);
    }

    private List<List<DatasetSummary>> ask(String name, int count) throws Exception {
        Path own = directory.resolve(name);
        ObjectStore files = ObjectStores.directory(own.resolve("store"));
        try (var views = new PublishedViews(HookedStore.of(files, this::beforeRead), own)) {
            for (int i = 0; i < DOMAINS; i++) {
                views.publisher().publish(0, rows("d%02d.example".formatted(i)));
            }
            var hiding = new Hiding(Set.of(), masks);
            views.open(hiding).close();
            List<FutureTask<List<DatasetSummary>>> tasks = new ArrayList<>();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                var task = new FutureTask<>(asking(views, hiding));
                tasks.add(task);
                threads.add(new Thread(task));
            }
            callers = threads;
            threads.forEach(Thread::start);
            List<List<DatasetSummary>> answers = new ArrayList<>();
            for (FutureTask<List<DatasetSummary>> task : tasks) {
                answers.add(task.get());
            }
            return answers;
        }
    }

    private static Callable<List<DatasetSummary>> asking(PublishedViews views, Hiding hiding) {
        return () -> {
            try (View view = views.again(hiding)) {
                return view.datasets();
            }
        };
    }

    /** The first read of the lake waits until all others do; they would read, too, otherwise. */
    private void beforeRead(String call, String key) throws InterruptedException {
        if (!key.startsWith("urls/") || callers.isEmpty()) {
            return;
        }
        if (reads.getAndIncrement() == 0) {
            List<Thread> all = callers;
            for (int tries = 0; tries < 1_000 && !allWait(all); tries++) {
                Thread.sleep(5);
            }
        }
    }

    private static boolean allWait(List<Thread> threads) {
        return threads.stream()
                .filter(thread -> thread != Thread.currentThread())
                .map(Thread::getState)
                .allMatch(state ->
                        state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING);
    }

    /** A domain in a file of its own: each has to be read. */
    private List<UrlRow> rows(String domain) {
        masks.put(domain, UrlRange.ofPrefix("www." + domain, "/gone/"));
        List<UrlRow> rows = new ArrayList<>(Rows.rows(domain, "gone", 2));
        rows.addAll(Rows.rows(domain, "left", 3));
        return rows;
    }
}
