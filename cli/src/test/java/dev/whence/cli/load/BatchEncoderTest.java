package dev.whence.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.catalog.Strategy;
import dev.whence.source.SourceFormat;
import dev.whence.source.UrlSource;
import dev.whence.source.UrlSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchEncoderTest {

    @Test
    void writesWhatABatchHolds() throws IOException {
        assertThat(
                        encode(
                                "Ünï\"c",
                                SourceFormat.NDJSON,
                                """
                                "http://a/ü"
                                {"url": "http://b/", "ts": "2024-06-14T00:00:00Z", "extras": {"lang": "en"}}
                                """
                                        .getBytes(StandardCharsets.UTF_8)))
                .containsExactly(
                        new JsonMapper()
                                .readTree(
                                        """
                                        {"dataset": "Ünï\\"c", "strategy": "insert", "urls": [
                                          "http://a/ü",
                                          {"url": "http://b/", "ts": "2024-06-14T00:00:00Z", "extras": {"lang": "en"}}]}\
                                        """));
    }

    @Test
    void sendsABytesThatIsNotUtf8AsALoneSurrogate() throws IOException {
        byte[] lines = "http://a/\u00fc\u00c3x\n".getBytes(StandardCharsets.ISO_8859_1);
        JsonNode batch = encode("d", SourceFormat.TEXT, lines).getFirst();
        assertThat(batch.path("urls").path(0).textValue()).isEqualTo("http://a/\udcfc\udcc3x");
    }

    @Test
    void keepsEveryMessageBelowItsBound() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        var random = new Random(seed);
        var expected = new ArrayList<String>();
        var lines = new StringBuilder();
        for (int line = 0; line < 3_000; line++) {
            String url = "http://a/" + "é\u0001\\x".repeat(random.nextInt(1 << random.nextInt(12)));
            expected.add(url);
            lines.append(url).append('\n');
        }
        var found = new ArrayList<String>();
        List<JsonNode> batches =
                encode("d", SourceFormat.TEXT, lines.toString().getBytes(StandardCharsets.UTF_8));
        for (JsonNode batch : batches) {
            batch.path("urls").forEach(url -> found.add(url.textValue()));
        }
        assertThat(batches).hasSizeGreaterThan(3);
        assertThat(found).as("seed " + seed).isEqualTo(expected);
    }

    @Test
    void refusesExtrasThatIngestWouldRefuseWithTheWholeMessage() {
        var extras = new StringBuilder();
        for (int extra = 0; extra < 65; extra++) {
            extras.append(extra == 0 ? "" : ", ").append("\"k").append(extra).append("\": 1");
        }
        assertThatThrownBy(() ->
                        encode(
                                "d",
                                SourceFormat.NDJSON,
                                ("{\"url\": \"a\", \"extras\": {" + extras + "}}")
                                        .getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at most 64");
    }

    private static List<JsonNode> encode(String dataset, SourceFormat format, byte[] content)
            throws IOException {
        var encoder = new BatchEncoder(dataset, Strategy.INSERT, "unused");
        var batches = new ArrayList<EncodedBatch>();
        try (UrlSource source =
                UrlSources.open("sample", new ByteArrayInputStream(content), format, "url")) {
            while (source.next()) {
                encoder.add(source.found()).ifPresent(batches::add);
            }
        }
        encoder.rest().ifPresent(batches::add);
        var documents = new ArrayList<JsonNode>();
        for (EncodedBatch batch : batches) {
            assertThat(batch.json().length).isLessThanOrEqualTo(BatchEncoder.MOST_BYTES);
            JsonNode document = new JsonMapper().readTree(batch.json());
            assertThat(document.path("urls").size()).isEqualTo(batch.urls());
            documents.add(document);
        }
        return documents;
    }
}
