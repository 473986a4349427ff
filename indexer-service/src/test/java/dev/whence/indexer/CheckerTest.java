package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A version is published only if the store gives back what was built; else all of it is dropped.
 */
class CheckerTest {
    @TempDir Path directory;
    private Fixture fixture;

    @BeforeEach
    void publishOne() throws IOException {
        fixture = new Fixture(directory, 1);
        try (Indexer indexer = fixture.indexer()) {
            fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1"));
            fixture.publishAll(indexer);
        }
        fixture.landings.commit(0, Batch.insert("c4", "http://a.example/1", "http://b.example/1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/members", "/files", "/datasets.json.zst", "/domains.dict", "/part-"})
    void findsAnObjectThatTheStoreDamaged(String name) throws IOException {
        ObjectStore damaging =
                afterPut(
                        name,
                        key -> {
                            byte[] content = fixture.store.get(key);
                            content[content.length / 2] ^= 1;
                            fixture.store.put(key, ObjectBody.of(content));
                        });
        assertNotPublished(damaging, name, "CRC32C");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/members", "/part-"})
    void findsAnObjectThatTheStoreCutOff(String name) throws IOException {
        ObjectStore cutting =
                afterPut(
                        name,
                        key -> {
                            byte[] content = fixture.store.get(key);
                            byte[] less = Arrays.copyOf(content, content.length - 1);
                            fixture.store.put(key, ObjectBody.of(less));
                        });
        assertNotPublished(cutting, name, "bytes");
    }

    private void assertNotPublished(ObjectStore store, String name, String problem)
            throws IOException {
        List<String> before = fixture.keys("");
        try (Indexer indexer = fixture.indexer(store, Fixture.settings())) {
            assertThatThrownBy(indexer::publishOnce)
                    .isInstanceOf(CheckFailedException.class)
                    .hasMessageContaining(name)
                    .hasMessageContaining(problem);
        }
        assertThat(fixture.keys("")).isEqualTo(before);
        try (Indexer indexer = fixture.indexer()) {
            fixture.publishAll(indexer);
        }
        fixture.assertExact();
    }

    private ObjectStore afterPut(String name, FailingReads.Failure happening) {
        return WatchedStore.of(
                fixture.store,
                WatchedStore.Watch.NONE,
                (method, key) -> {
                    if (method.equals("put") && key.contains(name)) {
                        happening.of(key);
                    }
                });
    }
}
