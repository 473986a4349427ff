package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileWriter;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    private static final TreeSet<String> DOMAINS = new TreeSet<>(List.of("a.example"));
    private static final String LONG = "http://a.example/" + "x".repeat(4_000);
    private static final int FILES = 6;

    @TempDir Path directory;
    private ObjectStore store;
    private UrlFile landing;
    private final List<Comparison.Side> sides = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        store = ObjectStores.directory(directory);
        for (int file = 0; file < FILES; file++) {
            String key = write("side" + file, file * 1_000, 1_000);
            sides.add(new Comparison.Side(key, Files.size(directory.resolve(key)), DOMAINS));
        }
        landing = UrlFile.open(store, write("landing", 500, FILES * 1_000));
    }

    @Test
    void opensFewerFilesAtATimeWherePagesAreLarge() throws IOException {
        long pageBytes = landing.select(DOMAINS).pageBytes();
        assertThat(compare(64, 1L << 30).passes()).isEqualTo(1);
        assertThat(compare(64, 3 * pageBytes + pageBytes / 2).passes()).isBetween(2, 3);
        assertThat(compare(64, 1).passes()).isEqualTo(FILES);
        assertThat(compare(4, 1L << 30).passes()).isEqualTo(2);
    }

    private Comparison.Result compare(int files, long bytes) throws IOException {
        var comparison = new Comparison(new OpenFiles(store, 1 << 20), files, bytes);
        var result = comparison.compare(landing, DOMAINS, sides);
        assertThat(result.known().cardinality()).isEqualTo(FILES * 1_000 - 500);
        assertThat(result.known().nextClearBit(0)).isEqualTo(FILES * 1_000 - 500);
        return result;
    }

    private String write(String key, int first, int rows) throws IOException {
        try (var writer = new UrlFileWriter(directory.resolve(key), UrlFileOptions.DEFAULT)) {
            for (int row : IntStream.range(first, first + rows).toArray()) {
                writer.write(TestRows.row("%s%06d".formatted(LONG, row)));
            }
            writer.finish();
        }
        return key;
    }
}
