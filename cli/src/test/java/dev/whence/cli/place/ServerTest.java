package dev.whence.cli.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.cli.CannedServer;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration LITTLE_PATIENCE = Duration.ofSeconds(2);

    @Test
    void refusesWhatIsNoDocument() throws Exception {
        for (String body : new String[] {"", "<html>", "[]", "7", "null", "{\"a\":", "{}{}"}) {
            try (var server =
                    RawServer.of(OK + "Content-Length: " + body.length() + "\r\n\r\n" + body)) {
                assertFails(server).as(body).hasMessageContaining("is it Whence?");
            }
        }
    }

    @Test
    void refusesAnAnswerWithoutWhatIsAskedFor() throws Exception {
        try (var canned = new CannedServer()) {
            canned.answer("/v1/datasets", "{\"datasets\": {\"0\": 1}, \"count\": 1.5}");
            Answer answer = server(URI.create(canned.url()), Optional.empty()).get("/v1/datasets");
            assertThatThrownBy(() -> answer.items("datasets")).hasMessageContaining("a list");
            assertThatThrownBy(() -> answer.number("count")).hasMessageContaining("a number");
            assertThatThrownBy(() -> answer.text("name")).hasMessageContaining("a text");
            assertThatThrownBy(answer::nextCursor).hasMessageContaining("next_cursor");
        }
    }

    @Test
    void noticesAnAnswerThatBreaksOff() throws Exception {
        try (var cut = RawServer.of(OK + "Content-Length: 100\r\n\r\n{\"a\": 1}")) {
            assertFails(cut).hasMessageContaining("broke off");
        }
        try (var cut = RawServer.of(OK + "Transfer-Encoding: chunked\r\n\r\n8\r\n{\"a\": 1}\r\n")) {
            assertFails(cut).hasMessageContaining("broke off");
        }
        try (var silent = RawServer.of("")) {
            assertFails(silent).hasMessageContaining("broke off");
        }
    }

    @Test
    void endsWithAnEndlessAnswer() throws Exception {
        byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.US_ASCII);
        try (var endless =
                new RawServer(out -> {
                    out.write((OK + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(blanks);
                    }
                })) {
            assertThatThrownBy(() -> new Server(endless.address(), "").get("/v1/datasets"))
                    .hasMessageContaining("more than 64 MiB");
        }
    }

    @Tag("slow")
    @Test
    void endsWithAnAnswerThatDripsOrStops() throws Exception {
        try (var dripping =
                new RawServer(out -> {
                    out.write((OK + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    while (true) {
                        out.write(' ');
                        out.flush();
                        Thread.sleep(20);
                    }
                })) {
            assertThatThrownBy(() -> hasty(dripping).get("/v1/datasets"))
                    .hasMessageContaining("longer than");
        }
        try (var stopping =
                new RawServer(out -> {
                    out.write((OK + "\r\n{").getBytes(StandardCharsets.US_ASCII));
                    out.flush();
                    Thread.sleep(Duration.ofMinutes(1));
                })) {
            try (InputStream body = hasty(stopping).open("/v1/datasets:export")) {
                assertThat(body.read()).isEqualTo('{');
                assertThatThrownBy(body::read).hasMessageContaining("nothing came");
            }
        }
    }

    @Test
    void asksABusyServerAgainWhenItSays() throws Exception {
        try (var canned = new CannedServer()) {
            canned.answer("/v1/sets", 429, Map.of("Retry-After", "0"), "{\"detail\": \"busy\"}")
                    .answer("/v1/sets", 429, Map.of("Retry-After", "1"), "{\"detail\": \"busy\"}")
                    .answer("/v1/sets", "{\"count\": 7}")
                    .answer(
                            "/v1/urls",
                            429,
                            Map.of("Retry-After", "3600"),
                            "{\"detail\": \"an hour\"}");
            Server server = server(URI.create(canned.url()), Optional.empty());
            assertThat(server.get("/v1/sets").number("count")).isEqualTo(7);
            assertThatThrownBy(() -> server.get("/v1/urls")).hasMessage("an hour");
        }
    }

    @Test
    void showsItsKeyToItsServerAlone(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "whence_s3cret\n");
        var place = new Place(Map.of(Credential.VARIABLE, "of-the-environment"));
        try (var other = new CannedServer();
                var canned = new CannedServer()) {
            canned.answer("/v1/datasets", 401, "{\"detail\": \"who is whence_s3cret?\"}")
                    .answer("/moved", 302, Map.of("Location", other.url() + "/moved"), "");
            Server server = server(URI.create(canned.url()), Credential.find(file, place));
            assertThatThrownBy(() -> server.get("/v1/datasets"))
                    .hasMessageContaining("who is …?")
                    .hasMessageContaining("--key-file")
                    .hasMessageNotContaining("s3cret");
            assertThatThrownBy(() -> server.get("/moved")).hasMessageContaining("status 302");
            assertThat(other.asked()).isEmpty();
            assertThat(canned.requests())
                    .extracting(CannedServer.Asked::authorization)
                    .containsOnly("Bearer whence_s3cret");

            Server named = server(URI.create(canned.url()), Credential.find(null, place));
            assertThatThrownBy(() -> named.get("/v1/datasets")).isInstanceOf(Failure.class);
            assertThat(canned.requests().getLast().authorization())
                    .isEqualTo("Bearer of-the-environment");
        }
        assertThat(Credential.find(null, new Place(Map.of()))).isEmpty();
        assertThat(Credential.find(file, place).toString()).doesNotContain("s3cret");
    }

    @Test
    void refusesAKeyThatIsNone(@TempDir Path directory) throws Exception {
        for (String wrong :
                new String[] {
                    "", " \n", "two hush", "hush\r\nX-Injected: 1", "hüsh", "x".repeat(1_025)
                }) {
            Path file = Files.writeString(directory.resolve("key"), wrong);
            assertThatThrownBy(() -> Credential.find(file, new Place(Map.of())))
                    .as(wrong)
                    .isInstanceOfSatisfying(
                            Failure.class,
                            failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                    .hasMessageContaining("holds no API key")
                    .hasMessageNotContaining("hush");
        }
        assertThatThrownBy(() -> Credential.find(directory.resolve("missing"), new Place(Map.of())))
                .hasMessageContaining("cannot read the key file");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertFails(RawServer raw) {
        Server server = server(raw.address(), Optional.empty());
        return assertThatThrownBy(() -> server.get("/v1/datasets")).isInstanceOf(Failure.class);
    }

    private static Server hasty(RawServer raw) {
        return new Server(raw.address(), "", Optional.empty(), LITTLE_PATIENCE);
    }

    private static Server server(URI address, Optional<Credential> credential) {
        return new Server(address, "", credential, PATIENCE);
    }
}
