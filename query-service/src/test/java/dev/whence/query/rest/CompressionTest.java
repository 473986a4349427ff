package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdInputStream;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Answers in the encodings that a caller takes. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class CompressionTest {
    private static final String LIST = "/v1/domain/a.example/datasets/0/urls?limit=10000";

    @TestHTTPResource URI base;
    Publisher publisher;
    private String plain;

    @BeforeEach
    void publish() throws Exception {
        var client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(0, rows("a.example", "x".repeat(300), 9_000));
        }
        client.awaitServed(1);
        plain = client.get(LIST).body();
        assertThat(plain).hasSizeGreaterThan(2 << 20);
    }

    @Test
    void areCompressedByZstandard() throws Exception {
        for (String accepted : new String[] {"zstd", "gzip, deflate, br, zstd"}) {
            HttpResponse<byte[]> answer = ask(accepted);
            assertThat(answer.headers().firstValue("content-encoding")).hasValue("zstd");
            assertThat(answer.body().length).isLessThan(plain.length() / 4);
            assertThat(text(new ZstdInputStream(new ByteArrayInputStream(answer.body()))))
                    .isEqualTo(plain);
        }
    }

    @Test
    void areCompressedByGzip() throws Exception {
        HttpResponse<byte[]> answer = ask("gzip");
        assertThat(answer.headers().firstValue("content-encoding")).hasValue("gzip");
        assertThat(text(new GZIPInputStream(new ByteArrayInputStream(answer.body()))))
                .isEqualTo(plain);
    }

    @Test
    void arePlainForWhoTakesNothingElse() throws Exception {
        for (String accepted : new String[] {"identity", "zstd;q=0, gzip;q=0", "nonsense"}) {
            assertThat(new String(ask(accepted).body(), StandardCharsets.UTF_8))
                    .as(accepted)
                    .isEqualTo(plain);
        }
    }

    private HttpResponse<byte[]> ask(String accepted) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(base.resolve(LIST))
                            .header("Accept-Encoding", accepted)
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static String text(InputStream compressed) throws Exception {
        try (compressed) {
            return new String(compressed.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
