package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.cli.place.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final String[][] QUESTIONS = {
        {"domain", "a.example"},
        {"datasets"},
        {"datasets", "--json"},
        {"datasets", "--names"},
        {"url", "a.example"},
        {"compare", "c4"},
        {"compare", "c4", "--domains"},
        {"urls", "a.example", "c4", "--all"},
        {"versions"},
        {"files"},
        {"files", "--json"},
        {"files", "--sql", "duckdb"},
        {"--help"}
    };

    private CannedServer server;

    @BeforeEach
    void start() throws IOException {
        String files =
                IntStream.range(0, 3_000)
                        .mapToObj(at ->
                                "{\"key\": \"urls/%d\", \"location\": \"s3://w/urls/%d\"}"
                                        .formatted(at, at))
                        .collect(Collectors.joining(","));
        server =
                new CannedServer()
                        .answer(
                                "/v1/datasets",
                                "{\"datasets\": [{\"dataset_id\": 0, \"name\": \"c4\"}]}")
                        .answer(
                                "/v1/domain/a.example",
                                "{\"domain\": \"a.example\", \"datasets\": [{\"dataset_id\": 0, \"name\": \"c4\", \"url_count\": 1}]}")
                        .answer(
                                "/v1/domain/a.example/datasets/0/urls?limit=10000",
                                "{\"items\": [{\"url\": \"https://a.example/\"}], \"next_cursor\": null}")
                        .answer(
                                "/v1/versions?limit=20",
                                "{\"served\": 5, \"versions\": [{\"number\": 5}]}")
                        .answer(
                                "/v1/urls?url=a.example",
                                "{\"url\": \"http://a.example/\", \"datasets\": [{\"dataset_id\": 0, \"name\": \"c4\"}]}")
                        .answer(
                                "/v1/sets",
                                "{\"count\": 1, \"domains\": [{\"domain\": \"a.example\"}], \"next_cursor\": null, \"overlap\": {\"dataset_ids\": [0], \"domain_counts\": [[1]]}}")
                        .answer("/v1/versions?limit=1", "{\"served\": 5, \"versions\": []}")
                        .answer("/v1/versions/5/files", "{\"files\": [" + files + "]}");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void failsWhereTheDiskIsFull() throws IOException {
        assumeThat(FULL).as("a device that is always full").exists();
        for (String[] question : QUESTIONS) {
            try (var full = new FileOutputStream(FULL.toFile())) {
                Run run = run(full, question);
                assertThat(run.exitCode())
                        .as(String.join(" ", question))
                        .isEqualTo(ExitCode.FAILED.code());
                assertThat(run.err()).startsWith("whence: cannot write: ").hasLineCount(1);
            }
        }
    }

    @Test
    void writesNothingBehindAGap() {
        var written = new ByteArrayOutputStream();
        OutputStream fullOnce =
                new OutputStream() {
                    private int calls;

                    @Override
                    public void write(int octet) {
                        written.write(octet);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        if (calls++ == 0) {
                            throw new IOException("No space left on device");
                        }
                        written.write(bytes, from, length);
                    }
                };
        Run run = run(fullOnce, "files", "--sql", "duckdb");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).isEqualTo("whence: cannot write: No space left on device\n");
        assertThat(written.size()).isZero();
    }

    @Test
    void endsQuietlyWhenTheReaderHasEnough() throws IOException {
        for (String[] question : QUESTIONS) {
            Pipe pipe = Pipe.open();
            pipe.source().close();
            try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
                assertThat(run(out, question))
                        .as(String.join(" ", question))
                        .isEqualTo(new Run(0, "", ""));
            }
        }
    }

    private Run run(OutputStream out, String... question) {
        var arguments = new String[question.length + 2];
        System.arraycopy(question, 0, arguments, 0, question.length);
        arguments[question.length] = "--server";
        arguments[question.length + 1] = server.url();
        var err = new StringWriter();
        int code =
                Whence.run(
                        out,
                        new PrintWriter(err, true),
                        question[0].equals("--help") ? question : arguments);
        return new Run(code, "", err.toString());
    }
}
