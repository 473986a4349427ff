package dev.whence.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** A query service, asked over its socket. */
public record Server(URI address) {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    private static final String READY = "/q/health/ready";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public HttpResponse<String> get(String path) throws Exception {
        var request =
                HttpRequest.newBuilder(address.resolve(path))
                        .timeout(Duration.ofSeconds(30))
                        .build();
        return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public void awaitReady() throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        for (HttpResponse<String> health = get(READY); health.statusCode() != 200; ) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("not ready: " + health.body());
            }
            Thread.sleep(50);
            health = get(READY);
        }
    }

    /** Waits until it serves a version with so many datasets. */
    void awaitDatasets(int count) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (json("/v1/datasets").path("datasets").size() < count) {
            if (Instant.now().isAfter(deadline)) {
                throw new AssertionError("there are no " + count + " datasets");
            }
            Thread.sleep(50);
        }
    }

    public JsonNode json(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(
                    path + " answers " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonMapper().readTree(answer.body());
    }
}
