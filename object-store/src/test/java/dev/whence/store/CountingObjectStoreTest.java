package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
}
