package dev.whence.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlockCacheTest {
    private static final byte[] CONTENT = "rows".getBytes(StandardCharsets.UTF_8);

    @TempDir Path directory;
    private final ObjectStore store = ObjectStores.memory();
    private final Block block =
            new Block("block-1", List.of(file("a", CONTENT), file("b", CONTENT)));

    @BeforeEach
    void put() throws IOException {
        for (String key : block.keys()) {
            store.put(key, ObjectBody.of(CONTENT));
        }
    }

    @Test
    void fetchesABlockOnce() throws IOException {
        var cache = new BlockCache(store, directory);
        Path fetched = cache.fetch(block);
        assertThat(fetched.resolve("a")).hasBinaryContent(CONTENT);
        assertThat(fetched.resolve("b")).hasBinaryContent(CONTENT);
        for (String key : block.keys()) {
            store.delete(key);
        }
        assertThat(cache.fetch(block)).isEqualTo(fetched);
        assertThat(new BlockCache(store, directory).fetch(block)).isEqualTo(fetched);
    }

    @Test
    void leavesNothingOfABlockThatCannotBeFetchedWhole() throws IOException {
        var cache = new BlockCache(store, directory);
        store.delete(block.keys().getLast());
        assertThatThrownBy(() -> cache.fetch(block)).isInstanceOf(ObjectNotFoundException.class);
        assertThat(entries()).isEmpty();
        store.put(block.keys().getLast(), ObjectBody.of(new byte[CONTENT.length]));
        assertThatThrownBy(() -> cache.fetch(block))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining(block.keys().getLast())
                .hasMessageContaining("CRC32C");
        assertThat(entries()).isEmpty();
        store.put(block.keys().getLast(), ObjectBody.of(new byte[CONTENT.length + 1]));
        assertThatThrownBy(() -> cache.fetch(block))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining("of 5 bytes");
        assertThat(entries()).isEmpty();
    }

    @Test
    void fetchesNoBlockForWhichTheVolumeHasNoRoom() throws IOException {
        var room = new AtomicLong(block.bytes() - 1);
        var cache = new BlockCache(store, directory, room::get);
        assertThatThrownBy(() -> cache.fetch(block))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room for block block-1 of 8 bytes")
                .hasMessageContaining("has 7 left");
        assertThat(entries()).isEmpty();
        room.incrementAndGet();
        Path fetched = cache.fetch(block);
        room.set(0);
        assertThat(cache.fetch(block)).as("what is there needs no room").isEqualTo(fetched);
    }

    @Test
    void clearsAwayWhatAnEarlierProcessLeftUnfinished() throws IOException {
        var killed = new BlockCache(store, directory);
        Path whole = killed.fetch(block);
        Files.write(killed.newDirectory().resolve("a"), CONTENT);
        new BlockCache(store, directory);
        assertThat(entries()).containsExactly(whole);
    }

    @Test
    void fetchesAgainWhatIsDamagedOrIncompleteAndLeavesTheRest() throws IOException {
        var cache = new BlockCache(store, directory);
        var other = new Block("block-2", block.files());
        for (String key : other.keys()) {
            store.put(key, ObjectBody.of(CONTENT));
        }
        Path fetched = cache.fetch(block);
        Path whole = cache.fetch(other);
        assertThat(cache.dropDamaged(List.of(block, other))).isFalse();
        Files.write(fetched.resolve("b"), new byte[CONTENT.length]);
        assertThat(cache.dropDamaged(List.of(block, other))).isTrue();
        assertThat(entries()).containsExactly(whole);
        assertThat(cache.fetch(block).resolve("b")).hasBinaryContent(CONTENT);
        Files.delete(fetched.resolve("a"));
        assertThat(cache.dropDamaged(List.of(block, other))).isTrue();
        assertThat(entries()).containsExactly(whole);
    }

    @Test
    void neverReadsOtherBytesThanTheBlockSays() throws IOException {
        var cache = new BlockCache(store, directory);
        Path read = cache.fetch(block).resolve("a");
        for (int bit = 0; bit < 8 * CONTENT.length; bit++) {
            byte[] turned = CONTENT.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(read, turned);
            assertThat(cache.read(block, block.files().getFirst())).isEqualTo(CONTENT);
        }
        Files.delete(read);
        assertThat(cache.read(block, block.files().getFirst())).isEqualTo(CONTENT);
        store.put(block.keys().getFirst(), ObjectBody.of(new byte[CONTENT.length]));
        Files.write(read, new byte[CONTENT.length]);
        assertThatThrownBy(() -> cache.read(block, block.files().getFirst()))
                .isInstanceOf(CorruptCatalogException.class);
    }

    @Test
    void keepsTheBlocksThatItIsToldTo() throws IOException {
        var cache = new BlockCache(store, directory);
        Path built = cache.newDirectory();
        Files.write(built.resolve("a"), CONTENT);
        Path adopted = cache.adopt(new Block("block-2", List.of(file("a", CONTENT))), built);
        cache.fetch(block);
        cache.retain(Set.of("block-2"));
        assertThat(entries()).containsExactly(adopted);
    }

    @Test
    void keepsWhatIsHeldUntilItIsLetGo() throws IOException {
        var cache = new BlockCache(store, directory);
        var made = new Block("block-2", List.of(file("a", CONTENT)));
        try (var hold = cache.hold()) {
            Path fetched = hold.fetch(block);
            Path built = hold.newDirectory();
            Files.write(built.resolve("a"), CONTENT);
            cache.retain(Set.of());
            assertThat(entries()).containsExactlyInAnyOrder(fetched, built);
            Path adopted = hold.adopt(made, built);
            cache.retain(Set.of());
            assertThat(entries()).containsExactlyInAnyOrder(fetched, adopted);
        }
        cache.retain(() -> Set.of("block-2"));
        assertThat(entries()).containsExactly(directory.resolve("block-2"));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static FileRef file(String name, byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return new FileRef(name, content.length, (int) crc.getValue());
    }
}
