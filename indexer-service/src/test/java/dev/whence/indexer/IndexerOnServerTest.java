package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.embedded.EmbeddedS3;
import dev.whence.indexer.Landings.Batch;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same over a real S3 server, and on a directory. */
@Tag("slow")
class IndexerOnServerTest {
    private static final String KEY = "indexer-test";

    @TempDir Path directory;

    @Test
    void publishesFoldsAndSweepsOnS3() throws IOException {
        try (var server = EmbeddedS3.start(directory.resolve("s3"), 0, KEY, KEY)) {
            server.createBucket("whence");
            var settings =
                    new S3Settings(
                            server.endpoint(), "us-east-1", "whence", "lake/", KEY, KEY, true);
            try (ObjectStore store = ObjectStores.s3(settings)) {
                worksOn(store);
            }
        }
    }

    @Test
    void publishesFoldsAndSweepsInADirectory() throws IOException {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            worksOn(store);
        }
    }

    private void worksOn(ObjectStore store) throws IOException {
        var fixture = new Fixture(directory, store, 2);
        try (Indexer one = fixture.indexer();
                Indexer other = fixture.indexer()) {
            for (int round = 0; round < 6; round++) {
                fixture.landings.commit(
                        round % 2,
                        Batch.insert("c4", "http://a.example/" + round, "http://a.example/0"),
                        Batch.append("pile", "http://p%d.example/".formatted(round)));
                fixture.publishAll(round % 2 == 0 ? one : other);
            }
            fixture.publishAll(one);
            assertThat(one.compactOnce().datasets()).isEqualTo(2);
            assertThat(fixture.publishAll(one)).isPositive();
            assertThat(one.compactions().taken()).isEqualTo(2);
            fixture.assertExact();
            fixture.clock.advance(Duration.ofDays(3));
            for (int round = 0; round < 4; round++) {
                fixture.landings.commit(0, Batch.insert("c4", "http://a.example/0"));
                fixture.publishAll(one);
                fixture.clock.advance(Duration.ofDays(2));
            }
            assertThat(one.retire()).isPositive();
            for (int folder = 0; folder < 3; folder++) {
                assertThat(one.sweepOrphans()).isZero();
            }
            fixture.assertExact();
            fixture.assertNoOrphans();
        }
    }
}
