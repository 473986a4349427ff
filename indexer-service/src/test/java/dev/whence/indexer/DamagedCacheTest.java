package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.indexer.Landings.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that turns bytes of blocks that were whole when they came. */
class DamagedCacheTest {
    private static final int MOST_ATTEMPTS = 3;

    /** Some twenty of them in a small table, in every place of a byte. */
    private static final int BIT_STEP = 61;

    @TempDir Path directory;
    private Fixture fixture;
    private Path cache;

    @BeforeEach
    void open() throws IOException {
        fixture = new Fixture(directory, 1);
        cache = directory.resolve("cached");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPublishGoesThroughWhateverFileIsDamaged(boolean startedAgain) throws IOException {
        Indexer indexer = indexer();
        try {
            for (int number = 0; number < 2; number++) {
                land(number);
                fixture.publishAll(indexer);
            }
            int number = 2;
            for (Path file : cachedFiles()) {
                turnAByte(file);
                if (startedAgain) {
                    indexer.close();
                    indexer = indexer();
                }
                land(number++);
                publish(indexer, file);
            }
        } finally {
            indexer.close();
        }
        fixture.assertExact();
    }

    /** Zstd would take many of them for other digits. */
    @Test
    void noTurnedBitOfTheTableOfDatasetsGetsIntoAVersion() throws IOException {
        land(0);
        try (Indexer indexer = indexer()) {
            fixture.publishAll(indexer);
        }
        Path table =
                cachedFiles().stream().filter(DamagedCacheTest::isTable).findFirst().orElseThrow();
        byte[] whole = Files.readAllBytes(table);
        for (int bit = 0; bit < 8 * whole.length; bit += BIT_STEP) {
            byte[] turned = whole.clone();
            turned[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(table, turned);
            try (Indexer indexer = indexer()) {
                indexer.publishOnce();
                assertThat(indexer.version()).isEqualTo(1);
            }
            assertThat(Files.readAllBytes(table)).isEqualTo(whole);
        }
    }

    private Indexer indexer() throws IOException {
        return fixture.indexer(fixture.store, Fixture.queueing(), cache);
    }

    private void land(int number) throws IOException {
        fixture.landings.commit(
                0,
                Batch.of(
                        "set",
                        Strategy.INSERT,
                        "http://known.example/" + number,
                        "http://h%d.example/".formatted(number)));
    }

    private void publish(Indexer indexer, Path damaged) {
        Exception last = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                assertThat(fixture.publishAll(indexer)).isPositive();
                return;
            } catch (IOException | RuntimeException e) {
                last = e;
            }
        }
        throw new AssertionError("a byte of " + damaged + " stops the publishing", last);
    }

    private List<Path> cachedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static boolean isTable(Path file) {
        return file.endsWith("datasets.json.zst");
    }

    private static void turnAByte(Path file) throws IOException {
        if (Files.exists(file)) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 0x10;
            Files.write(file, bytes);
        }
    }
}
