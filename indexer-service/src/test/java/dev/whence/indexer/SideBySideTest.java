package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void givesResultsInTheOrderOfTheTasks() throws IOException {
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 100; i++) {
            int result = i;
            tasks.add(() -> result);
        }
        assertThat(SideBySide.run(7, tasks)).hasSize(100).isSorted();
        assertThat(SideBySide.run(7, List.<Callable<Integer>>of())).isEmpty();
    }

    @Test
    void waitsForAllAndThrowsTheErrorBeforeTheFailure() {
        var ended = new AtomicInteger();
        var failure = new IOException("no answer");
        var error = new OutOfMemoryError("not really");
        List<Callable<Integer>> tasks =
                List.of(
                        () -> {
                            throw failure;
                        },
                        () -> {
                            throw error;
                        },
                        ended::incrementAndGet);
        assertThatThrownBy(() -> SideBySide.run(1, tasks))
                .isSameAs(error)
                .hasSuppressedException(failure);
        assertThat(ended).hasValue(1);
    }
}
