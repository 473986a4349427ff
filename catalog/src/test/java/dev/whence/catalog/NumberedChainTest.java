package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.UnknownOutcomeException;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NumberedChainTest {
    private final ObjectStore store = ObjectStores.memory();
    private final NumberedChain<LogTopic> chain = chain(store);

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
    void readsBackAPutThatNobodyConfirmed() throws IOException {
        var confirmedLate = chain(FaultyObjectStore.at(1, Fault.DONE_BUT_UNKNOWN, store));
        assertThat(confirmedLate.commit(0, topic("a"))).isEqualTo(new Commit.Done<>(topic("a")));
        var triedAgain = chain(FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, store));
        assertThat(triedAgain.commit(1, topic("b"))).isEqualTo(new Commit.Done<>(topic("b")));
        assertThat(chain.read(1)).contains(topic("b"));
        var lost = chain(FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, store));
        assertThat(lost.commit(1, topic("c"))).isEqualTo(new Commit.Lost<>(topic("b")));
    }

    @Test
    void aRefusedTryDoesNotSettleAnUnknownOneBeforeIt() throws IOException {
        var unknown = FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, store);
        var thenRefused = FaultyObjectStore.at(2, Fault.REFUSED, unknown);
        assertThatThrownBy(() -> chain(thenRefused).commit(0, topic("a")))
                .isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining(chain.key(0));
        assertThat(thenRefused.writes()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"DIES_BEFORE", "DIES_AFTER"})
    void aFailedReadBackDoesNotSettleAnUnknownPut(Fault fault) {
        assertThatThrownBy(() -> chain(FaultyObjectStore.at(1, fault, store)).commit(0, topic("a")))
                .isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void anUnknownOutcomeToTheEndIsOne() {
        ObjectStore silent = store;
        for (int attempt = 1; attempt <= 4; attempt++) {
            silent = FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, silent);
        }
        var through = chain(silent);
        assertThatThrownBy(() -> through.commit(0, topic("a")))
                .isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void findsAtTheEndWhatTheLastTryPut() throws IOException {
        ObjectStore silent = FaultyObjectStore.at(1, Fault.DONE_BUT_UNKNOWN, store);
        for (int attempt = 1; attempt <= 3; attempt++) {
            silent = FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, silent);
        }
        assertThat(chain(silent).commit(0, topic("a"))).isEqualTo(new Commit.Done<>(topic("a")));
    }

    @Test
    void saysThatAPutWasNotDoneIfItCertainlyWasNot() {
        var refused = FaultyObjectStore.at(1, Fault.REFUSED, store);
        assertThatThrownBy(() -> chain(refused).commit(0, topic("a")))
                .isInstanceOf(StoreUnavailableException.class);
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

    private static NumberedChain<LogTopic> chain(ObjectStore through) {
        return new NumberedChain<>(through, "chain/", LogTopic.class);
    }

    private void put(long number, String json) throws IOException {
        store.put(chain.key(number), ObjectBody.of(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static LogTopic topic(String id) {
        return new LogTopic(CatalogJson.FORMAT, id, "topic", 1);
    }
}
