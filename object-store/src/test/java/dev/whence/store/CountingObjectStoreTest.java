package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CountingObjectStoreTest {

    @TempDir Path local;

    @Test
    void countsCallsAndBytes() throws Exception {
        CountingObjectStore store = new CountingObjectStore(ObjectStores.memory());
        Path file = Files.write(local.resolve("file"), new byte[30]);
        store.put("a", ObjectBody.of(new byte[10]));
        store.putIfAbsent("b", ObjectBody.of(file));
        StoreCounts written = store.counts();
        assertThat(written).isEqualTo(new StoreCounts(0, 0, 0, 2, 0, 0, 0, 40));

        store.head("a");
        store.get("a");
        store.getRange("b", 3, 4);
        store.download("b", local.resolve("copy"));
        try (InputStream stream = store.open("b")) {
            stream.readNBytes(5);
            stream.read();
        }
        store.list("").close();
        store.delete("a");
        store.copyIfAbsent("b", "c");
        assertThatThrownBy(() -> store.get("a")).isInstanceOf(ObjectNotFoundException.class);
        assertThat(store.counts().since(written))
                .isEqualTo(new StoreCounts(1, 4, 1, 1, 1, 1, 10 + 4 + 30 + 6, 0));
        assertThat(store.counts().calls()).isEqualTo(2 + 9);
    }

    @Test
    void tellsWhatFailedFromWhatIsNotThere() throws Exception {
        ObjectStore faulty = FaultyObjectStore.at(1, Fault.REFUSED, ObjectStores.memory());
        CountingObjectStore store = new CountingObjectStore(faulty);
        assertThatThrownBy(() -> store.head("a")).isInstanceOf(ObjectNotFoundException.class);
        assertThatThrownBy(() -> store.put("a", ObjectBody.of(new byte[1])))
                .isInstanceOf(ObjectStoreException.class);
        store.put("a", ObjectBody.of(new byte[1]));
        assertThatThrownBy(() -> store.getRange("a", 0, 2))
                .isInstanceOf(RangeNotSatisfiableException.class);
        assertThat(store.counts(StoreOperation.HEAD).failures()).isZero();
        assertThat(store.counts(StoreOperation.RANGE).failures()).isZero();
        assertThat(store.counts(StoreOperation.PUT).calls()).isEqualTo(2);
        assertThat(store.counts(StoreOperation.PUT).failures()).isEqualTo(1);
        assertThat(store.counts(StoreOperation.PUT).nanos()).isPositive();
    }
}
