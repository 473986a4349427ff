package dev.whence.indexer.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.StoreUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeletionsTest {
    @TempDir Path directory;

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private Deletions deletions;

    @BeforeEach
    void bind() {
        deletions = new Deletions(Lifecycles.metrics(directory, metrics));
    }

    @Test
    void aRunThatCouldDeleteNothingOfWhatItShouldHasFailed() {
        assertThatThrownBy(() -> deletions.run("retire", "expired", () -> 0, () -> 12))
                .isInstanceOf(IOException.class)
                .hasMessage(
                        "12 objects (expired) could not be deleted yet, the log names one of them");
        assertCounted(0, 1, 0);
    }

    @Test
    void aRunThatDeletesSomeGoesOn() throws IOException {
        assertThat(deletions.run("retire", "expired", () -> 7, () -> 12)).isEqualTo(7);
        assertThat(deletions.run("retire", "expired", () -> 0, () -> 0)).isZero();
        assertCounted(2, 0, 7);
    }

    @Test
    void aRunThatGetsNoAnswerHasFailed() {
        var silence = new StoreUnavailableException("key", "no answer", null);
        assertThatThrownBy(() ->
                        deletions.run(
                                "retire",
                                "expired",
                                () -> {
                                    throw silence;
                                },
                                () -> 0))
                .isSameAs(silence);
        assertCounted(0, 1, 0);
    }

    private void assertCounted(int done, int failed, int deleted) {
        assertThat(count("retire.runs", "outcome", "done")).isEqualTo(done);
        assertThat(count("retire.runs", "outcome", "failed")).isEqualTo(failed);
        assertThat(count("deleted", "reason", "expired")).isEqualTo(deleted);
    }

    private double count(String name, String tag, String value) {
        return metrics.counter("whence.indexer." + name, tag, value).count();
    }
}
