package dev.whence.store.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.PutResult;
import dev.whence.store.StoreUnavailableException;
import dev.whence.store.UnknownOutcomeException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class FaultyObjectStoreTest {
    private static final ObjectBody BODY = ObjectBody.of(new byte[] {1});

    private final ObjectStore memory = ObjectStores.memory();

    @Test
    void countsWritesAndHandsThemOnWithoutAFault() throws Exception {
        FaultyObjectStore store = FaultyObjectStore.none(memory);
        store.put("a", BODY);
        assertThat(store.putIfAbsent("a", BODY)).isEqualTo(PutResult.ALREADY_EXISTS);
        store.get("a");
        assertThat(store.copyIfAbsent("a", "b")).isEqualTo(PutResult.CREATED);
        store.delete("a");
        store.delete("b");
        assertThat(store.writes()).isEqualTo(5);
        assertThat(store.hasFailed()).isFalse();
        assertThat(keys()).isEmpty();
    }

    @Test
    void refusesOneWriteAndGoesOn() throws Exception {
        FaultyObjectStore store = FaultyObjectStore.at(2, Fault.REFUSED, memory);
        store.put("a", BODY);
        assertThatThrownBy(() -> store.putIfAbsent("b", BODY))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(store.hasFailed()).isTrue();
        store.put("c", BODY);
        assertThat(keys()).containsExactly("a", "c");
    }

    @Test
    void hidesWhetherAWriteWasDone() throws Exception {
        FaultyObjectStore done = FaultyObjectStore.at(1, Fault.DONE_BUT_UNKNOWN, memory);
        assertThatThrownBy(() -> done.putIfAbsent("a", BODY))
                .isInstanceOf(UnknownOutcomeException.class);
        FaultyObjectStore notDone = FaultyObjectStore.at(1, Fault.NOT_DONE_AND_UNKNOWN, memory);
        assertThatThrownBy(() -> notDone.put("b", BODY))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(keys()).containsExactly("a");
        FaultyObjectStore copy = FaultyObjectStore.at(1, Fault.DONE_BUT_UNKNOWN, memory);
        assertThatThrownBy(() -> copy.copyIfAbsent("a", "c"))
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(keys()).containsExactly("a", "c");
        memory.delete("c");
        FaultyObjectStore delete = FaultyObjectStore.at(1, Fault.DONE_BUT_UNKNOWN, memory);
        assertThatThrownBy(() -> delete.delete("a")).isInstanceOf(StoreUnavailableException.class);
        assertThat(keys()).isEmpty();
    }

    @Test
    void isDeadAfterADeadlyFault() throws Exception {
        FaultyObjectStore before = FaultyObjectStore.at(1, Fault.DIES_BEFORE, memory);
        assertThatThrownBy(() -> before.put("a", BODY)).isInstanceOf(UnknownOutcomeException.class);
        FaultyObjectStore after = FaultyObjectStore.at(1, Fault.DIES_AFTER, memory);
        assertThatThrownBy(() -> after.put("b", BODY)).isInstanceOf(UnknownOutcomeException.class);
        for (FaultyObjectStore dead : List.of(before, after)) {
            assertThatThrownBy(() -> dead.put("c", BODY))
                    .isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> dead.get("b")).isInstanceOf(StoreUnavailableException.class);
            assertThatThrownBy(() -> dead.list("")).isInstanceOf(StoreUnavailableException.class);
            assertThat(dead.writes()).isEqualTo(1);
        }
        assertThat(keys()).containsExactly("b");
    }

    @Test
    void beginsToCountAtOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FaultyObjectStore.at(0, Fault.REFUSED, memory));
    }

    private List<String> keys() throws Exception {
        try (Stream<ObjectInfo> objects = memory.list("")) {
            return objects.map(ObjectInfo::key).toList();
        }
    }
}
