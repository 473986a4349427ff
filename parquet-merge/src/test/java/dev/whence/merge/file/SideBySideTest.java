package dev.whence.merge.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    @Test
    void givesResultsInTheOrderOfTheTasks() throws IOException {
        var second = new CountDownLatch(1);
        List<Callable<Integer>> tasks =
                List.of(
                        () -> {
                            second.await();
                            return 1;
                        },
                        () -> {
                            second.countDown();
                            return 2;
                        },
                        () -> 3);
        assertThat(SideBySide.run(2, tasks)).containsExactly(1, 2, 3);
    }

    @Test
    void beginsNothingMoreAfterAFailureHoweverLongTheFirstTaskTakes() {
        var begun = new AtomicInteger();
        List<Callable<Integer>> tasks = new ArrayList<>();
        // It ends when it is told to stop, and not before.
        tasks.add(() -> {
            new CountDownLatch(1).await();
            return 0;
        });
        tasks.add(() -> {
            throw new IOException("the second");
        });
        for (int i = 0; i < 100_000; i++) {
            tasks.add(begun::incrementAndGet);
        }
        assertThatThrownBy(() -> SideBySide.run(2, tasks)).hasMessage("the second");
        assertThat(begun.get()).isLessThan(100_000);
    }
}
