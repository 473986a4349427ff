package dev.whence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {
    private final BoundedCache<String, String> cache = BoundedCache.ofCount(2);
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
    void dropsAsManyAsWeighTooMuch() throws Exception {
        var weighed = new BoundedCache<String, String>(10, String::length);
        for (String value : new String[] {"aaaa", "bbbb", "cc"}) {
            weighed.get(value, () -> value);
        }
        assertThat(weighed.weight()).isEqualTo(10);
        weighed.get("ddddd", () -> "ddddd");
        assertThat(weighed.size()).isEqualTo(2);
        assertThat(weighed.weight()).isEqualTo(7);
        assertThat(weighed.get("too heavy to stay", () -> "too heavy to stay")).isNotEmpty();
        assertThat(weighed.size()).isZero();
        assertThat(weighed.weight()).isZero();
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
