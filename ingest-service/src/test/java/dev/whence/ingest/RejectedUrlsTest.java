package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import dev.whence.url.Rejection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RejectedUrlsTest {
    @TempDir Path directory;

    private RejectedUrls rejects;
    private int compressed;

    @BeforeEach
    void open() {
        rejects = new RejectedUrls(directory.resolve("rejects"));
    }

    @AfterEach
    void close() throws IOException {
        rejects.close();
        assertThat(directory.resolve("rejects")).doesNotExist();
    }

    private void add(long offset, byte[] url) throws IOException {
        rejects.add(offset, "d", Rejection.INVALID_HOST, url, 0, url.length);
    }

    private void add(long offset, String url) throws IOException {
        add(offset, url.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> lines() throws IOException {
        Path file = directory.resolve("compressed-" + compressed++);
        rejects.compress(file);
        try (var zstd = new ZstdInputStream(Files.newInputStream(file))) {
            return new String(zstd.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
    }

    @Test
    void areOneJsonObjectALineInAscii() throws IOException {
        byte[] noText = {'h', (byte) 0xff, '"', '\n', '\\', 0};
        rejects.add(17, "dä\"t", Rejection.NOT_UTF8, noText, 1, noText.length);
        add(18, "http://bü cher/");
        List<String> lines = lines();
        assertThat(lines)
                .containsExactly(
                        "{\"offset\":17,\"dataset\":\"d\\u00E4\\\"t\",\"reason\":\"not-utf8\",\"url\":\"\\uFFFD\\\"\\n\\\\\\u0000\"}",
                        "{\"offset\":18,\"dataset\":\"d\",\"reason\":\"invalid-host\",\"url\":\"http://b\\u00FC cher/\"}");
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("url").asText())
                .isEqualTo("http://bü cher/");
    }

    @Test
    void aLongUrlIsCut() throws IOException {
        add(0, "x".repeat(2_047) + "é".repeat(10_000));
        assertThat(new ObjectMapper().readTree(lines().getFirst()).get("url").asText())
                .isEqualTo("x".repeat(2_047) + "\ufffd");
    }

    @Test
    void goBackToAnyPointInMemoryOrOnDisk() throws IOException {
        String url = "x".repeat(2_000);
        add(0, url);
        long one = rejects.bytes();
        for (int i = 1; i < 1_000; i++) {
            add(i, url);
        }
        long thousand = rejects.bytes();
        add(1_000, url);
        rejects.rollback(thousand);
        assertThat(lines()).hasSize(1_000);
        rejects.rollback(one);
        assertThat(rejects.bytes()).isEqualTo(one);
        add(1, "http://another/");
        assertThat(lines()).hasSize(2).last().asString().contains("another");
        rejects.rollback(0);
        assertThat(rejects.bytes()).isZero();
        add(2, "http://third/");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void needNoFileWhileThereAreNone() throws IOException {
        rejects.rollback(0);
        assertThat(directory.resolve("rejects")).doesNotExist();
    }
}
