package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Asks the service over a real socket. */
public final class Client {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final @Nullable String key;

    public Client(URI base) {
        this(base, null);
    }

    private Client(URI base, @Nullable String key) {
        this.base = base;
        this.key = key;
    }

    /** The same for whoever has a key. */
    Client withKey(String itsKey) {
        return new Client(base, itsKey);
    }

    HttpResponse<String> send(String method, String path, String... headers) throws Exception {
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        showKey(request);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> get(String path, String... headers) throws Exception {
        return send("GET", path, headers);
    }

    HttpResponse<String> post(String path, String body) throws Exception {
        return post(path, body.getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String path, byte[] body) throws Exception {
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        showKey(request);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** What a form with one field sends. */
    HttpResponse<String> postForm(String path, String field, String value) throws Exception {
        String body =
                "--form\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n--form--\r\n"
                        .formatted(field, value);
        var request =
                HttpRequest.newBuilder(base.resolve(path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "multipart/form-data; boundary=form")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        showKey(request);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** The answer, which must be a good one. */
    JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return parse(answer);
    }

    /** The problem that a path must answer with. */
    JsonNode problem(int status, String path) throws Exception {
        return problem(status, get(path), path);
    }

    static JsonNode problem(int status, HttpResponse<String> answer, String path)
            throws IOException {
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElse(""))
                .startsWith("application/problem+json");
        JsonNode problem = parse(answer);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("type").asText()).isNotEmpty();
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(problem.path("detail").asText())
                .isNotEmpty()
                .doesNotContain("Exception")
                .doesNotContain("\tat ");
        assertThat(problem.path("instance").asText()).isEqualTo(path.replaceAll("\\?.*", ""));
        return problem;
    }

    /** The whole answer to an address that client libraries would change or refuse. */
    String raw(String address) throws IOException {
        try (var socket = new Socket(base.getHost(), base.getPort())) {
            String request = "GET %s HTTP/1.1\r\nHost: whence\r\nConnection: close\r\n\r\n";
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(request.formatted(address).getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The problem that such an address must answer with. */
    JsonNode rawProblem(int status, String address) throws IOException {
        String answer = raw(address);
        assertThat(answer).as(address).startsWith("HTTP/1.1 " + status);
        assertThat(answer.toLowerCase(Locale.ROOT))
                .as(address)
                .contains("content-type: application/problem+json")
                .contains("content-security-policy:");
        JsonNode problem = JSON.readTree(answer.substring(answer.indexOf("\r\n\r\n")));
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo(address);
        return problem;
    }

    /** Waits until rules of that number are in force. */
    void awaitRules(long number) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (rulesInForce() < number) {
            assertThat(System.nanoTime()).as("rules %d in force", number).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private long rulesInForce() throws Exception {
        for (JsonNode check : parse(get("/q/health/ready")).path("checks")) {
            if (check.path("name").asText().equals("access")) {
                return check.path("data").path("rules").asLong(-1);
            }
        }
        return -1;
    }

    private void showKey(HttpRequest.Builder request) {
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
    }

    /** Waits until a version is served. */
    public void awaitServed(long version) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isServed(version)) {
            assertThat(System.nanoTime()).as("version %d is served", version).isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private boolean isServed(long version) throws Exception {
        HttpResponse<String> answer = get("/v1/versions?limit=1");
        return answer.statusCode() == 200 && parse(answer).path("served").asLong() >= version;
    }

    static JsonNode parse(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
