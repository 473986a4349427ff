package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class NumberedChainTest {
    private final ObjectStore store = ObjectStores.memory();
    private final NumberedChain<LogTopic> chain =
            new NumberedChain<>(store, "chain/", LogTopic.class);

    @Test
    void readsWhatWasCommitted() throws IOException {
        assertThat(chain.read(0)).isEmpty();
        assertThat(chain.commit(0, topic("a"))).isEqualTo(new Commit.Done<>(topic("a")));
        assertThat(chain.read(0)).contains(topic("a"));
        assertThat(chain.read(1)).isEmpty();
    }

    @Test
    void theSecondWriterLosesAndSeesTheWinner() throws IOException {
        chain.commit(7, topic("first"));
        assertThat(chain.commit(7, topic("second"))).isEqualTo(new Commit.Lost<>(topic("first")));
        assertThat(chain.read(7)).contains(topic("first"));
    }

    @Test
    void exactlyOneOfRacingWritersWins() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 50; round++) {
                int number = round;
                var attempts = new ArrayList<Callable<Commit<LogTopic>>>();
                for (int writer = 0; writer < 8; writer++) {
                    LogTopic entry = topic("writer-" + writer);
                    attempts.add(() -> chain.commit(number, entry));
                }
                int winners = 0;
                LogTopic stored = null;
                var outcomes = threads.invokeAll(attempts);
                for (var outcome : outcomes) {
                    if (outcome.get() instanceof Commit.Done<LogTopic>(LogTopic ours)) {
                        winners++;
                        stored = ours;
                    }
                }
                assertThat(winners).isEqualTo(1);
                assertThat(chain.read(number)).contains(stored);
                for (var outcome : outcomes) {
                    if (outcome.get() instanceof Commit.Lost<LogTopic>(LogTopic winner)) {
                        assertThat(winner).isEqualTo(stored);
                    }
                }
            }
        }
    }

    @Test
    void refusesWhatIsNotItsJson() throws IOException {
        put(3, "{\"format\":1,\"topic_id\":");
        put(4, "[]");
        put(5, "{\"format\":2,\"topic_id\":\"a\",\"name\":\"n\",\"partitions\":1}");
        put(6, "{\"format\":1,\"name\":\"n\",\"partitions\":1}");
        for (int number = 3; number <= 6; number++) {
            int broken = number;
            assertThatThrownBy(() -> chain.read(broken))
                    .isInstanceOf(CorruptCatalogException.class)
                    .hasMessageContaining(chain.key(broken));
        }
        assertThatThrownBy(() -> chain.read(5)).hasMessageContaining("expected format 1, found 2");
    }

    @Test
    void fieldsOfANewerWriterAreLeftAlone() throws IOException {
        put(
                0,
                "{\"format\":1,\"topic_id\":\"a\",\"name\":\"n\",\"partitions\":1,\"colour\":\"blue\"}");
        assertThat(chain.read(0)).contains(new LogTopic(1, "a", "n", 1));
    }

    private void put(long number, String json) throws IOException {
        store.put(chain.key(number), ObjectBody.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static LogTopic topic(String id) {
        return new LogTopic(CatalogJson.FORMAT, id, "topic", 1);
    }
}
