package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class DatasetRegistryTest {
    private final ObjectStore store = ObjectStores.memory();

    @Test
    void givesIdsInOrderAndKeepsThem() throws IOException {
        DatasetRegistry registry = registry();
        assertThat(registry.register("c4", false).id()).isZero();
        assertThat(registry.register("pile", false).id()).isEqualTo(1);
        assertThat(registry.register("c4", false).id()).isZero();
        assertThat(registry().all()).extracting(Dataset::name).containsExactly("c4", "pile");
    }

    @Test
    void seesWhatAnotherProcessRegistered() throws IOException {
        DatasetRegistry one = registry();
        DatasetRegistry other = registry();
        one.register("a", false);
        other.register("b", true);
        assertThat(one.find("b")).map(Dataset::id).contains(1);
        assertThat(one.get(1)).map(Dataset::spread).contains(true);
        assertThat(one.find("c")).isEmpty();
        assertThat(one.get(2)).isEmpty();
        assertThat(one.get(-1)).isEmpty();
    }

    @Test
    void racingRegistrationsOfOneNameGiveOneId() throws Exception {
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 20; round++) {
                String name = "dataset-" + round;
                var attempts = new ArrayList<Callable<Integer>>();
                for (int writer = 0; writer < 8; writer++) {
                    String also = name + "-" + writer;
                    attempts.add(() -> {
                        DatasetRegistry registry = registry();
                        registry.register(also, false);
                        return registry.register(name, false).id();
                    });
                }
                var ids = new ArrayList<Integer>();
                for (var outcome : threads.invokeAll(attempts)) {
                    ids.add(outcome.get());
                }
                assertThat(ids.stream().distinct()).hasSize(1);
            }
        }
        assertThat(registry().all()).hasSize(20 * 9).extracting(Dataset::id).isSorted();
    }

    @Test
    void refusesNamesThatNobodyCanType() {
        for (String name : new String[] {"", " a", "a\n", "a\u0000b", "x".repeat(201)}) {
            assertThatThrownBy(() -> registry().register(name, false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private DatasetRegistry registry() {
        return new DatasetRegistry(store, Clock.systemUTC());
    }
}
