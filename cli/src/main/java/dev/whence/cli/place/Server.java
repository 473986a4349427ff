package dev.whence.cli.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The query service over HTTP. A server that is busy (429) is asked again after the time that it
 * says. What it answers is bounded in bytes and time, as it may be any server. Thread-safe.
 */
public final class Server {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(90);
    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_TIMES_ASKED = 10;
    private static final long LONGEST_WAIT_SECONDS = 60;

    private final URI address;
    private final String whenSilent;
    private final Optional<Credential> credential;
    private final Duration patience;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    // A redirect would take the key to another server.
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final JsonMapper json =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    /**
     * @param whenSilent what to do if nothing answers there
     */
    public Server(URI address, String whenSilent) {
        this(address, whenSilent, Optional.empty(), ANSWER_TIMEOUT);
    }

    /**
     * @param patience how long an answer may take, and how long a stream may say nothing
     */
    Server(URI address, String whenSilent, Optional<Credential> credential, Duration patience) {
        this.address = address;
        this.whenSilent = whenSilent;
        this.credential = credential;
        this.patience = patience;
    }

    /** A server that is shown a key. */
    static Server of(URI address, String whenSilent, Optional<Credential> credential) {
        return new Server(address, whenSilent, credential, ANSWER_TIMEOUT);
    }

    /** Where it is. */
    public String address() {
        return address.toString();
    }

    /** The JSON under a path (with its query). */
    public Answer get(String path) throws Failure {
        return answer(path, null);
    }

    /** The JSON that answers a question with a body. */
    public Answer post(String path, JsonNode body) throws Failure {
        return answer(path, body);
    }

    private Answer answer(String path, @Nullable JsonNode question) throws Failure {
        byte[] bytes;
        try (InputStream body = send(path, question, patience)) {
            bytes = body.readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw Failure.of(address + path + ": the answer broke off: " + hidden(e), e);
        }
        if (bytes.length > MOST_BYTES) {
            throw Failure.of(
                    "%s%s answers with more than %d MiB; ask for less at once, if it is Whence"
                            .formatted(address, path, MOST_BYTES >> 20),
                    null);
        }
        try {
            JsonNode read = json.readTree(bytes);
            if (read.isObject()) {
                return new Answer(read, address + path);
            }
            throw Failure.of(
                    address + path + " answers what is no JSON object; is it Whence?", null);
        } catch (JsonProcessingException e) {
            throw Failure.of(address + path + " answers what is not JSON; is it Whence?", e);
        } catch (IOException e) {
            throw Failure.of(address + path + ": the answer cannot be read: " + hidden(e), e);
        }
    }

    /** The body under a path, of any length, which the caller closes. */
    public InputStream open(String path) throws Failure {
        return send(path, null, Watched.UNBOUNDED);
    }

    /**
     * The same, of a question with a body.
     *
     * @param question null for none
     */
    public InputStream open(String path, @Nullable JsonNode question) throws Failure {
        return send(path, question, Watched.UNBOUNDED);
    }

    /**
     * @param all how long the whole answer may take
     */
    private InputStream send(String path, @Nullable JsonNode question, Duration all)
            throws Failure {
        HttpRequest request = request(path, question);
        for (int asked = 1; ; asked++) {
            HttpResponse<InputStream> response = once(request);
            InputStream body = new Watched(response.body(), patience, all);
            if (response.statusCode() == 200) {
                return body;
            }
            long wait = retryAfterSeconds(response);
            Problem problem;
            try (body) {
                problem = Problem.read(response.statusCode(), body);
            } catch (IOException e) {
                throw Failure.of(address + " broke off: " + hidden(e), e);
            }
            if (response.statusCode() != 429
                    || asked == MOST_TIMES_ASKED
                    || wait > LONGEST_WAIT_SECONDS) {
                throw hidden(problem).failure(address.toString(), path);
            }
            pause(wait);
        }
    }

    private HttpRequest request(String path, @Nullable JsonNode question) {
        var request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(patience)
                        .header("Accept", "application/json, */*;q=0.5");
        credential.ifPresent(known -> known.addTo(request));
        if (question != null) {
            request.header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(question.toString()));
        }
        return request.build();
    }

    private HttpResponse<InputStream> once(HttpRequest request) throws Failure {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw Failure.of("nothing answers at " + address + ". " + whenSilent, e);
        } catch (HttpTimeoutException e) {
            throw Failure.of(address + " does not answer in time", e);
        } catch (IOException e) {
            throw Failure.of(address + " broke off: " + hidden(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
    }

    /** RFC 9110 section 10.2.3; a date, or nothing, counts as one second. */
    private static long retryAfterSeconds(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(Long::parseLong)
                .orElse(1L);
    }

    private static void pause(long seconds) throws Failure {
        try {
            Thread.sleep(Duration.ofSeconds(seconds));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
    }

    private String hidden(IOException e) {
        return credential.map(known -> known.hiddenIn(e.toString())).orElse(e.toString());
    }

    private Problem hidden(Problem problem) {
        return new Problem(
                problem.status(),
                problem.type(),
                credential.map(known -> known.hiddenIn(problem.said())).orElse(problem.said()));
    }
}
