package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.access.AccessChange;
import dev.whence.access.ApiKey;
import dev.whence.access.Nameless;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may ask what, by which keys, over a real socket. */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class AccessTest {
    private static final String DOMAIN = "/v1/domain/a.example";

    /** More than the buffers on the way take. */
    private static final int LARGE = 60_000;

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;
    private TestRules rules;
    private static int principals;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        rules = new TestRules(publisher.store(), client);
        if (publisher.newest() == 0) {
            publisher.publish(
                    Map.of(
                            0, rows("a.example", "x", 30),
                            3, rows("a.example", "y", 2),
                            5, rows("large.example", "word".repeat(30), LARGE)));
        }
        client.awaitServed(1);
    }

    @AfterEach
    void open() throws Exception {
        rules.make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
    }

    @Test
    void aWrongKeyIsRefusedByEveryOperationAndPage() throws Exception {
        ApiKey key = principal(false);
        String wrong = key.secretText().replaceFirst("[0-9a-f]{4}$", "zzzz");
        for (String none : List.of(wrong, other().secretText(), "x", "", "a b")) {
            Client caller = client.withKey(none);
            assertThat(caller.get(DOMAIN).statusCode()).as(none).isEqualTo(401);
        }
        Client caller = client.withKey(other().secretText());
        Questions.BY_OPERATION.forEach((operation, questions) -> assert401(caller, questions));
        Questions.BY_PAGE.forEach((page, questions) -> assert401(caller, questions));
        HttpResponse<String> refused = caller.get(DOMAIN);
        JsonNode problem = Client.problem(401, refused, DOMAIN);
        assertThat(problem.path("type").asText()).isEqualTo("urn:whence:problem:unauthenticated");
        assertThat(refused.headers().firstValue("www-authenticate"))
                .hasValueSatisfying(challenge -> assertThat(challenge).startsWith("Bearer"));
        assertThat(refused.body()).doesNotContain(wrong);
    }

    @Test
    void whoHasNoKeyIsToldWhatTheRulesSay() throws Exception {
        ApiKey key = principal(false);
        assertThat(client.json(DOMAIN).path("datasets")).hasSize(2);
        rules.make(new AccessChange.SetNameless(Nameless.NOTHING));
        Questions.BY_OPERATION.forEach((operation, questions) -> assert401(client, questions));
        Questions.BY_PAGE.forEach((page, questions) -> assert401(client, questions));
        for (String call :
                List.of(
                        "/v1/sets",
                        "/v1/sets:export",
                        "/v1/domains:lookup",
                        "/v1/domains:lookup:export")) {
            assertThat(client.post(call, "{").statusCode())
                    .as("what is wrong with the body of %s is not told to strangers", call)
                    .isEqualTo(401);
        }
        for (String wrong :
                List.of(
                        "/v1/datasets/x",
                        "/v1/domains?limit=0",
                        "/v1/domains?cursor=x",
                        "/v1/domain/example.com?nothing=1",
                        "/v1/urls?url=no",
                        "/v1/datasets:export?format=x")) {
            assertThat(client.get(wrong).statusCode()).as(wrong).isEqualTo(401);
        }
        for (String open : List.of("/q/health", "/q/metrics", "/openapi", "/whence.css")) {
            assertThat(client.get(open).statusCode()).as(open).isEqualTo(200);
        }
        assertThat(client.withKey(key.secretText()).json(DOMAIN).path("datasets")).hasSize(2);
        assertThat(client.get(DOMAIN, "X-Api-Key", key.secretText()).statusCode()).isEqualTo(200);
        assertThat(client.get(DOMAIN, "Authorization", "bearer " + key.secretText()).statusCode())
                .isEqualTo(200);
        String both = other().secretText();
        assertThat(client.withKey(key.secretText()).get(DOMAIN, "X-Api-Key", both).statusCode())
                .isEqualTo(401);
    }

    @Test
    void keysRotate() throws Exception {
        String name = "rotating";
        ApiKey first = rules.principal(name, false);
        ApiKey second = rules.key(name);
        rules.make(new AccessChange.Restrict("dataset 3", List.of(name)));
        for (ApiKey key : List.of(first, second)) {
            assertThat(client.withKey(key.secretText()).json(DOMAIN).path("datasets")).hasSize(2);
        }
        rules.make(new AccessChange.RevokeKey(first.id()));
        assertThat(client.withKey(first.secretText()).get(DOMAIN).statusCode()).isEqualTo(401);
        assertThat(client.withKey(second.secretText()).json(DOMAIN).path("datasets")).hasSize(2);
        assertThat(client.json(DOMAIN).path("datasets")).hasSize(1);
        rules.make(new AccessChange.RemovePrincipal(name));
        assertThat(client.withKey(second.secretText()).get(DOMAIN).statusCode()).isEqualTo(401);
        rules.make(new AccessChange.Release("dataset 3"));
    }

    @Test
    void onlyOperatorsSeeFiles() throws Exception {
        String files = "/v1/versions/1/files";
        ApiKey reader = principal(false);
        ApiKey operator = principal(true);
        assertThat(client.get(files).statusCode()).isEqualTo(401);
        HttpResponse<String> refused = client.withKey(reader.secretText()).get(files);
        assertThat(Client.problem(403, refused, files).path("type").asText())
                .isEqualTo("urn:whence:problem:forbidden");
        assertThat(client.withKey(operator.secretText()).json(files).path("files")).hasSize(3);
    }

    @Test
    void tagsAreOfOnePrincipalAndOfWhatItSees() throws Exception {
        Client other = client.withKey(principal(false).secretText());
        HttpResponse<String> answer = client.get(DOMAIN);
        String tag = answer.headers().firstValue("etag").orElseThrow();
        assertThat(answer.headers().firstValue("cache-control")).hasValue("private, no-cache");
        assertThat(tag).as("it tells nothing").matches("W/\"[0-9a-f]{32}-[0-9]\"");
        assertThat(client.get(DOMAIN, "If-None-Match", tag).statusCode()).isEqualTo(304);
        assertThat(other.get(DOMAIN, "If-None-Match", tag).statusCode()).isEqualTo(200);
        String theirs = other.get(DOMAIN).headers().firstValue("etag").orElseThrow();
        assertThat(theirs).isNotEqualTo(tag);

        rules.make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
        String friend = "friend" + principals++;
        rules.make(new AccessChange.AddPrincipal(friend, false, Instant.now()));
        rules.key(friend);
        rules.make(new AccessChange.Restrict("not there", List.of(friend)));
        for (Client each : List.of(client, other)) {
            String known = each == client ? tag : theirs;
            assertThat(each.get(DOMAIN, "If-None-Match", known).statusCode())
                    .as("none of this concerns them")
                    .isEqualTo(304);
        }
        rules.make(new AccessChange.Restrict("dataset 3", List.of()));
        assertThat(client.get(DOMAIN, "If-None-Match", tag).statusCode()).isEqualTo(200);
        String hidden = client.get(DOMAIN).headers().firstValue("etag").orElseThrow();
        rules.make(new AccessChange.Restrict("dataset 3", List.of(friend)));
        assertThat(client.get(DOMAIN, "If-None-Match", hidden).statusCode())
                .as("it is hidden from them as before")
                .isEqualTo(304);
        rules.make(new AccessChange.Release("dataset 3"));
        assertThat(client.get(DOMAIN, "If-None-Match", tag).statusCode()).isEqualTo(304);

        Takedown takedown = rules.takeDown(Scope.DOMAIN, "nowhere.example");
        assertThat(client.get(DOMAIN, "If-None-Match", tag).statusCode())
                .as("that something is taken down may be noticed")
                .isEqualTo(200);
        rules.make(new AccessChange.Lift(List.of(takedown.id())));
        assertThat(client.get(DOMAIN, "If-None-Match", tag).statusCode()).isEqualTo(304);
    }

    @Test
    void cursorsAreOfOnePrincipal() throws Exception {
        ApiKey key = principal(false);
        String page = "/v1/domain/a.example/datasets/0/urls?limit=2";
        String cursor = client.json(page).path("next_cursor").asText();
        assertThat(client.get(page + "&cursor=" + cursor).statusCode()).isEqualTo(200);
        assertThat(client.withKey(key.secretText()).get(page + "&cursor=" + cursor).statusCode())
                .isEqualTo(400);
        rules.make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
        assertThat(client.get(page + "&cursor=" + cursor).statusCode()).isEqualTo(200);
    }

    @Test
    void aTakedownHoldsUntilItIsLifted() throws Exception {
        String exact = "/v1/urls?url=https://www.a.example/x/00007";
        assertThat(client.json(exact).path("datasets")).hasSize(1);
        for (var each :
                Map.of(
                                Scope.DOMAIN, "a.example",
                                Scope.HOST, "www.a.example",
                                Scope.URL_PREFIX, "http://www.a.example/x/00007")
                        .entrySet()) {
            Takedown takedown = rules.takeDown(each.getKey(), each.getValue());
            assertThat(client.json(exact).path("datasets")).isEmpty();
            long left = each.getKey() == Scope.URL_PREFIX ? 31 : 0;
            long urls = 0;
            for (int id : new int[] {0, 3}) {
                JsonNode dataset = client.json("/v1/datasets/" + id);
                urls += dataset.path("url_count").asLong();
            }
            assertThat(urls).isEqualTo(left);
            rules.make(new AccessChange.Lift(List.of(takedown.id())));
            assertThat(client.json(exact).path("datasets")).hasSize(1);
        }
    }

    @Test
    void anExportThatMayTellLessNowIsBrokenOff() throws Exception {
        String export = "/v1/domain/large.example/datasets/5/urls:export?format=csv";
        assertThat(client.get(export).body()).hasLineCount(LARGE + 2);
        try (var socket = new Socket()) {
            socket.setReceiveBufferSize(8 << 10);
            socket.connect(new InetSocketAddress(base.getHost(), base.getPort()));
            socket.getOutputStream()
                    .write(
                            "GET %s HTTP/1.1\r\nHost: whence\r\n\r\n"
                                    .formatted(export)
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            Takedown takedown = rules.takeDown(Scope.DOMAIN, "large.example");
            // The reader is waited for up to a minute; the rules are looked at four times a second.
            Thread.sleep(1_000);
            assertThat(read(socket)).doesNotContain("#end rows");
            rules.make(new AccessChange.Lift(List.of(takedown.id())));
        }
    }

    private static String read(Socket socket) {
        try {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "a reset, which everybody sees";
        }
    }

    @Test
    void logsAndMetricsHoldNoKeyAndNoUrl() throws Exception {
        Queue<String> logged = new ConcurrentLinkedQueue<>();
        var handler =
                new Handler() {
                    @Override
                    public void publish(LogRecord entry) {
                        logged.add(
                                entry.getMessage()
                                        + " "
                                        + List.of(
                                                entry.getParameters() == null
                                                        ? new Object[0]
                                                        : entry.getParameters())
                                        + " "
                                        + entry.getThrown());
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                };
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        try {
            ApiKey key = principal(true);
            rules.takeDown(Scope.URL_PREFIX, "https://www.a.example/private-path/");
            for (Client caller :
                    List.of(
                            client,
                            client.withKey(key.secretText()),
                            client.withKey(other().secretText()))) {
                for (List<String> questions : Questions.BY_OPERATION.values()) {
                    for (String question : questions) {
                        ask(caller, question.replace("{V}", "1"));
                    }
                }
                caller.get("/v1/urls?url=https://www.a.example/private-path/x");
            }
            String metrics = client.get("/q/metrics").body();
            for (String text : List.of(String.join("\n", logged), metrics)) {
                assertThat(text)
                        .doesNotContain(key.secretText())
                        .doesNotContain("private-path")
                        .doesNotContain("www.a.example");
            }
            assertThat(metrics).contains("whence_query_access_unknown_keys_total");
        } finally {
            root.removeHandler(handler);
        }
    }

    private ApiKey principal(boolean operator) throws Exception {
        return rules.principal("p" + principals++, operator);
    }

    /** A key that nobody was given. */
    private static ApiKey other() {
        return ApiKey.make(new SecureRandom());
    }

    private static void assert401(Client caller, List<String> questions) {
        for (String question : questions) {
            HttpResponse<String> answer = ask(caller, question.replace("{V}", "1"));
            assertThat(answer.statusCode()).as("%s: %s", question, answer.body()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).as(question).isPresent();
        }
    }

    private static HttpResponse<String> ask(Client caller, String question) {
        try {
            return Transcript.send(caller, question.split(" ", 2));
        } catch (Exception e) {
            throw new AssertionError(question, e);
        }
    }
}
