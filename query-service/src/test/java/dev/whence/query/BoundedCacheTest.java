package dev.whence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
    private final BoundedCache<String, String> cache = new BoundedCache<>(2);
    private final List<String> loaded = new ArrayList<>();

    @Test
    void dropsWhatWasUsedLeastRecently() throws Exception {
        get("a");
        get("b");
        get("a");
        get("c");
        get("a");
        get("b");
        assertThat(loaded).containsExactly("a", "b", "c", "b");
        assertThat(cache.size()).isEqualTo(2);
        assertThat(cache.hits()).isEqualTo(2);
        assertThat(cache.misses()).isEqualTo(4);
    }

    @Test
    void keepsNothingOfALoadThatFailed() throws Exception {
        assertThatThrownBy(() ->
                        cache.get(
                                "a",
                                () -> {
                                    throw new IOException("down");
                                }))
                .isInstanceOf(IOException.class);
        get("a");
        assertThat(loaded).containsExactly("a");
    }

    private void get(String key) throws Exception {
        cache.get(
                key,
                () -> {
                    loaded.add(key);
                    return key;
                });
    }
}
