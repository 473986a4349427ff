package dev.whence.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Waits until the services serve, fills an empty store with the sample, writes the addresses down
 * and says so.
 */
final class Announcement implements Runnable {
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final Addresses addresses;
    private final Path data;
    private final boolean withSample;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(REQUEST_TIMEOUT).build();

    Announcement(Addresses addresses, Path data, boolean withSample) {
        this.addresses = addresses;
        this.data = data;
        this.withSample = withSample;
    }

    @Override
    public void run() {
        try {
            awaitReady();
            if (withSample && !sampleIsServed()) {
                Sample.send(addresses.kafka());
                while (!sampleIsServed()) {
                    Thread.sleep(POLL);
                }
            }
            addresses.write(data);
            System.out.printf(
                    "ready: %s (Kafka %s, S3 %s, data in %s)%n",
                    addresses.http(), addresses.kafka(), addresses.s3Endpoint(), data);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            System.err.println("whence up: " + e.getMessage());
            System.exit(1);
        }
    }

    /** Says now and then what it waits for, if that is long. */
    private void awaitReady() throws InterruptedException {
        Instant word = Instant.now().plus(PATIENCE);
        for (String waitingFor = unready(); waitingFor != null; waitingFor = unready()) {
            if (Instant.now().isAfter(word)) {
                System.err.println("whence up: still waiting for " + waitingFor);
                word = Instant.now().plus(PATIENCE);
            }
            Thread.sleep(POLL);
        }
    }

    /** What is not ready yet, in words; null for nothing. */
    private @Nullable String unready() throws InterruptedException {
        try {
            HttpResponse<byte[]> health = get("/q/health/ready");
            if (health.statusCode() == OK) {
                return null;
            }
            var down = new StringJoiner("; ");
            for (JsonNode check : new JsonMapper().readTree(health.body()).path("checks")) {
                if (!check.path("status").asText().equals("UP")) {
                    down.add(check.path("name").asText() + " " + check.path("data"));
                }
            }
            return down.toString();
        } catch (IOException e) {
            return "the HTTP server: " + e.getMessage();
        }
    }

    private JsonNode datasets() throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = get("/v1/datasets");
        if (answer.statusCode() != OK) {
            throw new IOException("/v1/datasets answers " + answer.statusCode());
        }
        return new JsonMapper().readTree(answer.body()).path("datasets");
    }

    private boolean sampleIsServed() throws IOException, InterruptedException {
        int served = 0;
        for (JsonNode dataset : datasets()) {
            if (Sample.DATASETS.contains(dataset.path("name").asText())
                    && dataset.path("url_count").asLong() > 0) {
                served++;
            }
        }
        return served == Sample.DATASETS.size();
    }

    private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(addresses.http() + path))
                        .timeout(REQUEST_TIMEOUT)
                        .build();
        return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
