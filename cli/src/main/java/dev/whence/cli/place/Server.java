package dev.whence.cli.place;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The query service over HTTP. Thread-safe. */
public final class Server {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int MOST_PROBLEM_BYTES = 64 << 10;

    /** The problem of a path that the query service does not have; all that we ask for it has. */
    private static final String UNKNOWN_PATH = "urn:whence:problem:unknown-path";

    private final URI address;
    private final String whenSilent;
    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT_TIMEOUT)
                    .build();
    private final JsonMapper json = new JsonMapper();

    /**
     * @param whenSilent what to do if nothing answers there
     */
    public Server(URI address, String whenSilent) {
        this.address = address;
        this.whenSilent = whenSilent;
    }

    /** What stands for a text in a path or a query. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The JSON under a path (with its query). */
    public JsonNode get(String path) throws Failure {
        try (InputStream body = open(path)) {
            return json.readTree(body);
        } catch (JsonProcessingException e) {
            throw Failure.of(address + path + " answers what is not JSON; is it Whence?", e);
        } catch (IOException e) {
            throw Failure.of(address + path + ": the answer broke off: " + e, e);
        }
    }

    /** The body under a path, which the caller closes. */
    public InputStream open(String path) throws Failure {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(ANSWER_TIMEOUT)
                        .header("Accept", "application/json")
                        .build();
        HttpResponse<InputStream> response;
        try {
            response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (ConnectException e) {
            throw Failure.of("nothing answers at " + address + ". " + whenSilent, e);
        } catch (HttpTimeoutException e) {
            throw Failure.of(address + " does not answer in time", e);
        } catch (IOException e) {
            throw Failure.of(address + " broke off: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
        if (response.statusCode() != 200) {
            throw problem(path, response);
        }
        return response.body();
    }

    /** An RFC 9457 problem document in words. */
    private Failure problem(String path, HttpResponse<InputStream> response) {
        String said = "";
        String type = "";
        try (InputStream body = response.body()) {
            JsonNode problem = json.readTree(body.readNBytes(MOST_PROBLEM_BYTES));
            type = problem.path("type").asText();
            said = problem.path("detail").asText(problem.path("title").asText(""));
        } catch (IOException e) {
            said = "";
        }
        if (type.equals(UNKNOWN_PATH)) {
            return Failure.of(
                    "there is nothing at %s%s: %s is not where Whence's paths begin; expected http://HOST:PORT"
                            .formatted(address, path, address),
                    null);
        }
        return Failure.of(
                said.isEmpty()
                        ? "%s%s answers with status %d; is it Whence?"
                                .formatted(address, path, response.statusCode())
                        : said,
                null);
    }
}
