package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Strategy;
import dev.whence.index.LakeFile;
import dev.whence.indexer.Landings.Batch;
import dev.whence.lake.UrlFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class CarriedTailsTest {
    /** Enough for a file that is not read whole with its end. */
    private static final int MANY = 16_000;

    @TempDir Path directory;

    @Test
    void everyLargerFileIsInTheIndexWithItsTailHoweverItWasMade() throws IOException {
        var fixture = new Fixture(directory, 1);
        var twoAreDue = new CompactionSettings(128 << 20, 2, 10, 1 << 30, Duration.ZERO);
        try (Indexer indexer = fixture.indexer(fixture.store, CompactionTest.settings(twoAreDue))) {
            publish(fixture, indexer, Batch.append("c4", urls(0)));
            assertThat(tails(fixture)).as("of a file that was adopted").hasSize(1);

            publish(fixture, indexer, Batch.append("small", "http://a.example/"));
            assertThat(tails(fixture)).as("none of a small file").hasSize(1);

            publish(fixture, indexer, Batch.insert("c4", urls(MANY - 1_000)));
            assertThat(tails(fixture)).as("of a reduced copy").hasSize(2);

            publish(fixture, indexer, Batch.insert("c4", urls(2 * MANY)));
            assertThat(tails(fixture)).hasSize(3);
            indexer.compactOnce();
            fixture.publishAll(indexer);
            assertThat(tails(fixture))
                    .as("of the file that three were put together to")
                    .singleElement()
                    .asString()
                    .contains("/compacted-");

            publish(fixture, indexer, Batch.of("c4", Strategy.DELETE, "http://d7.example/7"));
            assertThat(tails(fixture)).as("of a file that a merge wrote").hasSize(1);
        }
        fixture.assertExact();
    }

    private static void publish(Fixture fixture, Indexer indexer, Batch batch) throws IOException {
        fixture.landings.commit(0, batch);
        fixture.publishAll(indexer);
    }

    private static String[] urls(int from) {
        return IntStream.range(from, from + MANY)
                .mapToObj(i -> "http://d%d.example/%d".formatted(i % 100, i))
                .toArray(String[]::new);
    }

    /** Keys of the files whose tails the newest version has, each as the lake's file has it. */
    private static List<String> tails(Fixture fixture) throws IOException {
        try (Base newest = fixture.open(fixture.newest())) {
            assertThat(newest.snapshot().check()).isEmpty();
            List<LakeFile> files = newest.snapshot().files().toList();
            for (LakeFile file : files) {
                UrlFile lake = UrlFile.open(fixture.store, file.key(), file.bytes());
                Optional<byte[]> carried = newest.snapshot().tail(file);
                assertThat(carried.isPresent()).isEqualTo(lake.tail().isPresent());
                assertThat(carried.isEmpty() || lake.isTail(carried.get())).isTrue();
            }
            return files.stream()
                    .filter(file -> newest.snapshot().tail(file).isPresent())
                    .map(LakeFile::key)
                    .toList();
        }
    }
}
