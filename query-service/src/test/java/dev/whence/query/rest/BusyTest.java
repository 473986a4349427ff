package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.AccessChange;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.query.Publisher;
import dev.whence.query.Turns;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** More heavy questions than are answered at once. */
@Tag("slow")
@QuarkusTest
@TestProfile(BusyTest.OneAtATime.class)
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class BusyTest {
    @TestHTTPResource URI base;
    @Inject Turns heavy;
    Publisher publisher;

    /** One heavy question at a time, and no waiting. */
    public static final class OneAtATime implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("whence.query.heavy-calls", "1", "whence.query.heavy-patience", "0s");
        }
    }

    @Test
    void whoComesTooManyIsToldWhenToComeAgain() throws Exception {
        var client = new Client(base);
        publisher.publish(0, rows("a.example", "x", 3));
        client.awaitServed(1);
        String batch = "{\"domains\": [\"a.example\"" + ", \"a.example\"".repeat(1_000) + "]}";
        String[] heavyCalls = {
            "/v1/domain/a.example/hosts",
            "/v1/urls?url=https://www.a.example/",
            "/v1/datasets/0/domains",
            "/v1/sets {\"all_of\": [0]}",
            "/v1/domains:lookup " + batch
        };
        try (Turns.Turn _ = heavy.take()) {
            for (String call : heavyCalls) {
                HttpResponse<String> answer = ask(client, call);
                Client.problem(429, answer, call.replaceAll("[ ?].*", ""));
                assertThat(answer.headers().firstValue("retry-after")).hasValue("1");
                assertThat(answer.body()).contains("urn:whence:problem:busy");
            }
            HttpResponse<String> page = client.get("/compare");
            assertThat(page.statusCode()).isEqualTo(429);
            assertThat(page.headers().firstValue("retry-after")).hasValue("1");
            assertThat(page.body()).contains("Too much at once", "Ask again");
            assertThat(client.get("/v1/domain/a.example").statusCode()).isEqualTo(200);
            assertThat(client.get("/v1/datasets").statusCode()).isEqualTo(200);
            String tag = client.get("/v1/datasets").headers().firstValue("etag").orElseThrow();
            assertThat(client.get("/v1/datasets/0/domains", "If-None-Match", tag).statusCode())
                    .as("who has the answer costs nothing")
                    .isEqualTo(304);
        }
        for (String call : heavyCalls) {
            assertThat(ask(client, call).statusCode()).as(call).isEqualTo(200);
        }
    }

    @Test
    void sumsOfWhichSomethingIsMaskedAreHeavyUntilTheyAreCounted() throws Exception {
        var client = new Client(base);
        publisher.publish(0, rows("b.example", "x", 3));
        client.awaitServed(publisher.newest());
        var rules = new TestRules(publisher.store(), client);
        Takedown takedown = rules.takeDown(Scope.URL_PREFIX, "https://www.b.example/x/00001");
        String[] sums = {"/v1/datasets", "/v1/datasets/0"};
        String[] pages = {"/", "/datasets"};
        try (Turns.Turn _ = heavy.take()) {
            for (String call : sums) {
                Client.problem(429, client.get(call), call);
            }
            for (String page : pages) {
                assertThat(client.get(page).statusCode()).as(page).isEqualTo(429);
            }
            assertThat(client.get("/collinfo.json").statusCode()).isEqualTo(200);
        }
        for (String call : sums) {
            assertThat(client.get(call).statusCode()).as(call).isEqualTo(200);
        }
        try (Turns.Turn _ = heavy.take()) {
            for (String call : sums) {
                assertThat(client.get(call).statusCode()).as(call).isEqualTo(200);
            }
            for (String page : pages) {
                assertThat(client.get(page).statusCode()).as(page).isEqualTo(200);
            }
        }
        rules.make(new AccessChange.Lift(List.of(takedown.id())));
    }

    private static HttpResponse<String> ask(Client client, String call) throws Exception {
        String[] parts = call.split(" ", 2);
        return parts.length == 1 ? client.get(call) : client.post(parts[0], parts[1]);
    }
}
