package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends ObjectStoreContract {

    @Override
    ObjectStore openEmpty() {
        return ObjectStores.memory();
    }

    @Override
    int races() {
        return 300;
    }

    @Test
    void sharesNoBytesWithItsCallers() throws Exception {
        byte[] mine = bytes("content");
        store.put("a", ObjectBody.of(mine));
        Arrays.fill(mine, (byte) 'x');
        Arrays.fill(store.get("a"), (byte) 'y');
        assertThat(store.get("a")).isEqualTo(bytes("content"));
    }

    @Test
    void saysWhereAnObjectIs() {
        assertThat(store.location("a b/c")).isEqualTo(URI.create("memory:///a%20b/c"));
    }
}
