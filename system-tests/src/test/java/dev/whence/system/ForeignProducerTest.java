package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A producer that is none of ours: kcat, on librdkafka. */
@Tag("slow")
class ForeignProducerTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @TempDir Path data;

    @Test
    void kcatGetsBatchesOfManyKindsInAndABadOneIntoTheDeadLetters() throws Exception {
        assumeTrue(hasKcat(), "kcat is not installed (Debian package kcat)");
        try (WhenceProcess whence = WhenceProcess.up(data, "--no-sample")) {
            String kafka = whence.kafka();
            String good =
                    "{\"dataset\":\"from-kcat\",\"urls\":[\"https://example.com/a\",{\"url\":\"https://example.org/b\",\"ts\":\"2024-06-14T00:00:00Z\"}]}";
            String bad =
                    "{\"dataset\":\"from-kcat\",\"strategy\":\"wish\",\"urls\":[\"https://example.com/c\"]}";
            send(kafka, good + "\n" + bad + "\n");
            await(() -> Lists.counts(whence.server()).equals(Map.of("from-kcat", 2L)));
            String deadLetters =
                    kcat(
                            List.of(
                                    "-C",
                                    "-b",
                                    kafka,
                                    "-t",
                                    "whence.url-batches.dlq",
                                    "-o",
                                    "beginning",
                                    "-e",
                                    "-q",
                                    "-f",
                                    "%h %s\\n"),
                            "");
            assertThat(deadLetters).contains(bad).contains("whence-reason=").contains("wish");

            long before = whence.server().json("/v1/versions?limit=1").path("served").asLong();
            String upsert =
                    "{\"dataset\":\"from-kcat\",\"strategy\":\"upsert\",\"urls\":[\"https://example.com/a\",\"https://example.com/c\"]}";
            String delete =
                    "{\"dataset\":\"from-kcat\",\"strategy\":\"delete\",\"urls\":[\"https://example.com/a\",\"https://example.org/b\"]}";
            send(kafka, upsert + "\n" + delete + "\n");
            await(() -> Lists.counts(whence.server()).equals(Map.of("from-kcat", 1L)));
            assertThat(whence.cli().run("domain", "example.com").output()).contains("from-kcat");

            index(whence, "rollback", Long.toString(before), "--all", "--reason", "a test");
            await(() -> Lists.counts(whence.server()).equals(Map.of("from-kcat", 2L)));
            String rolledBack =
                    whence.server().json("/v1/versions?limit=1").path("served").asText();
            index(whence, "replay", rolledBack);
            await(() -> Lists.counts(whence.server()).equals(Map.of("from-kcat", 1L)));

            send(kafka, "{\"dataset\":\"from-kcat\",\"strategy\":\"delete\",\"all\":true}\n");
            await(() -> Lists.counts(whence.server()).isEmpty());
            assertThat(whence.server().get("/v1/datasets/0").statusCode()).isEqualTo(404);
            assertThat(whence.cli().run("domain", "example.com").output())
                    .doesNotContain("from-kcat");
            CommandLine.Result check = whence.cli().run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
        }
    }

    private static void index(WhenceProcess whence, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("index"));
        command.addAll(List.of(arguments));
        CommandLine.Result result = whence.cli().run(command.toArray(String[]::new));
        assertThat(result.exitCode()).as(result.all()).isZero();
    }

    private static void send(String kafka, String messages) throws Exception {
        kcat(List.of("-P", "-b", kafka, "-t", "whence.url-batches", "-k", "from-kcat"), messages);
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(TIMEOUT);
        while (!condition.holds() && Instant.now().isBefore(deadline)) {
            Thread.sleep(100);
        }
        assertThat(condition.holds()).isTrue();
    }

    private static boolean hasKcat() throws InterruptedException {
        try {
            return new ProcessBuilder("kcat", "-V").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String kcat(List<String> options, String input) throws Exception {
        var command = new ArrayList<String>();
        command.add("kcat");
        command.addAll(options);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().write(input.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }
}
