package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.Block;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A list of files whose end cannot be read, over a real socket. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class BrokenFileListTest {
    private static final int DATASETS = 400;

    @TestHTTPResource URI base;

    @ConfigProperty(name = "whence.query.cache-directory")
    Path cache;

    Publisher publisher;

    @Test
    void aListThatFailsHalfWayEndsItsConnection() throws Exception {
        var client = new Client(base);
        TreeMap<Integer, List<UrlRow>> added = new TreeMap<>();
        for (int id = 0; id < DATASETS; id++) {
            added.put(id, rows("a.example", "x", 1));
        }
        Block segment = publisher.publish(added).segments().getFirst().block();
        client.awaitServed(1);
        damage(cache.resolve("blocks").resolve(segment.id()).resolve("files"));
        assertThat(client.get("/v1/versions/1/files?dataset_id=0").statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> client.get("/v1/versions/1/files"))
                .isInstanceOf(IOException.class);
        assertThat(client.json("/v1/domain/a.example").path("datasets")).hasSize(DATASETS);
    }

    /**
     * In place, so that who has the file mapped sees it: where it tells a later dataset's files.
     */
    private static void damage(Path file) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            long bytes = channel.size();
            channel.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}), bytes * 4 / 10);
        }
    }
}
