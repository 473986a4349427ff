package dev.whence.query.rest;

import static dev.whence.query.Rows.row;
import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.query.Publisher;
import dev.whence.query.Seed;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What no friend asks, in every field of every call that the contract names. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
@Tag("slow")
class HostileQuestionsTest {
    private static final int QUESTIONS = 3_000;

    private static final List<String> HOSTILE =
            List.of(
                    "<script>alert(1)</script>",
                    "\"><img src=x onerror=alert(1)>",
                    "' OR '1'='1",
                    "'; DROP TABLE datasets; --",
                    "../../../etc/passwd",
                    "${jndi:ldap://x.example/a}",
                    "{{7*7}}",
                    "%n%s%x",
                    "\0",
                    "\r\nSet-Cookie: a=b",
                    "\u202egnp.exe",
                    "\ud83d\ude00",
                    "\uffff",
                    "NaN",
                    "1e9",
                    "0x10",
                    "-1",
                    "9223372036854775808",
                    "99999999999999999999999",
                    "4294967296",
                    "null",
                    "true",
                    "[]",
                    "*",
                    "*.",
                    "*.*",
                    "*.example",
                    "%",
                    "xn--",
                    "xn--zzzzzzzzzzzzzzzzzz",
                    "a..b",
                    "[::1]",
                    "[::",
                    "1.2.3.4",
                    "http://",
                    "http://user:pass@a.example/",
                    "javascript:alert(1)",
                    "https://" + "a".repeat(300) + ".example/",
                    "https://a.example/" + "x".repeat(16_000),
                    "https://a.example/" + "x".repeat(16 << 10),
                    "https://a.example/" + "é".repeat(6_000),
                    "a".repeat(20_000),
                    "2024-02-30",
                    "+999999999-12-31T23:59:59Z",
                    "0000-00-00",
                    "url,url",
                    "url,,ts",
                    "AgAAAAAAAAABAAAAAAAAAAAAAAAA",
                    "AQAAAAAAAAEIAAAAAAAAC7i-Atk0",
                    "_".repeat(599));

    private static final Set<String> STACKS =
            Set.of(
                    "Exception",
                    "\tat ",
                    "dev.whence",
                    "java.",
                    "jakarta",
                    System.getProperty("java.io.tmpdir"),
                    ".parquet");

    @TestHTTPResource URI base;
    Publisher publisher;
    private Random random;
    private Client client;
    private OpenApi contract;

    @BeforeEach
    void publish() throws Exception {
        random = Seed.random("HostileQuestionsTest");
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(Map.of(0, rows("a.example", "x", 30), 1, rows("b.example", "y", 3)));
        }
        client.awaitServed(1);
        contract = new OpenApi(client.json("/openapi?format=json"));
    }

    @Test
    void everyAnswerIsOneThatTheContractTells() throws Exception {
        List<OpenApi.Operation> operations = contract.operations();
        for (int i = 0; i < QUESTIONS; i++) {
            OpenApi.Operation operation = operations.get(random.nextInt(operations.size()));
            String address = address(operation);
            HttpResponse<String> answer =
                    operation.method().equals("GET")
                            ? client.get(address)
                            : client.post(address, body(operation));
            String asked = address.length() > 300 ? address.substring(0, 300) + "…" : address;
            assertThat(answer.statusCode())
                    .as("%s: %s", asked, answer.body())
                    .isLessThan(500)
                    .isNotEqualTo(405);
            if (answer.statusCode() == 414) {
                continue; // refused before anything is routed
            }
            JsonNode json = Client.parse(answer);
            assertThat(answer.headers().firstValue("content-type").orElse(""))
                    .as(asked)
                    .startsWith("application/")
                    .contains("json");
            assertThat(answer.headers().firstValue("x-content-type-options")).hasValue("nosniff");
            assertThat(answer.headers().map()).doesNotContainKey("set-cookie");
            if (answer.statusCode() != 200) {
                String detail = json.path("detail").asText() + json.path("title").asText();
                assertThat(detail).as(asked).isNotEmpty().hasSizeLessThan(1_000);
                STACKS.forEach(word -> assertThat(detail).as(asked).doesNotContain(word));
            }
            if (!json.path("type").asText().endsWith(":unknown-path")) {
                contract.check(operation.method(), path(operation, address), answer);
            }
        }
    }

    @Test
    void bodiesThatAreNoQuestionsAreToldSo() throws Exception {
        for (String path : new String[] {"/v1/domains:lookup", "/v1/sets"}) {
            for (String body :
                    new String[] {
                        "",
                        "null",
                        "[]",
                        "\"text\"",
                        "7",
                        "{",
                        "{}",
                        "{} {}",
                        "{\"x\": 1}",
                        "{\"domains\": null}",
                        "{\"domains\": []}",
                        "{\"domains\": [null]}",
                        "{\"domains\": [7]}",
                        "{\"domains\": {\"a\": 1}}",
                        "{\"domains\": [\"a\"], \"domains\": [\"b\"]}",
                        "{\"all_of\": [\"0\"]}",
                        "{\"all_of\": [0.5]}",
                        "{\"all_of\": [-1]}",
                        "{\"all_of\": [0, 0]}",
                        "{\"all_of\": [4294967296]}",
                        "{\"none_of\": [0]}",
                        "{\"all_of\": [0], \"limit\": 10001}",
                        "{\"all_of\": [0], \"limit\": -1}",
                        "{\"all_of\": [0], \"cursor\": \"x\"}",
                        "{\"all_of\": [0], \"prefix\": \"é\"}",
                        "[".repeat(100_000),
                        "{\"domains\": [" + "\"a\",".repeat(10_000) + "\"a\"]}",
                        "{\"all_of\": [" + "1,".repeat(10_000) + "1]}"
                    }) {
                HttpResponse<String> answer = client.post(path, body);
                Client.problem(400, answer, path);
                contract.check("POST", path, answer);
                STACKS.forEach(word -> assertThat(answer.body()).doesNotContain(word));
            }
            Client.problem(415, client.send("POST", path, "Content-Type", "text/plain"), path);
            assertThat(client.send("GET", path).statusCode()).isEqualTo(405);
        }
        assertThat(client.post("/v1/sets", "{\"all_of\": [77]}").statusCode()).isEqualTo(404);
        assertThat(client.post("/v1/sets?version=9", "{\"all_of\": [0]}").statusCode())
                .isEqualTo(404);
        byte[] malformed =
                "{\"domains\": [\"\u00c3\u0028\"]}".getBytes(StandardCharsets.ISO_8859_1);
        Client.problem(400, client.post("/v1/domains:lookup", malformed), "/v1/domains:lookup");
    }

    @Test
    void aBodyBeyondTheBoundIsRefused() throws Exception {
        HttpResponse<String> answer =
                client.post(
                        "/v1/domains:lookup", "{\"domains\": [\"" + "a".repeat(5 << 20) + "\"]}");
        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @Test
    void aUrlOfSixteenKibibytesIsFoundAndALongerOneIsNone() throws Exception {
        String path = "/" + "y".repeat((16 << 10) - "https://www.long.example/".length());
        publisher.publish(0, List.of(row("long.example", path)));
        client.awaitServed(publisher.newest());
        String url = "https://www.long.example" + path;
        JsonNode found = client.json("/v1/urls?url=" + url);
        assertThat(found.path("url").asText()).isEqualTo(url);
        assertThat(found.path("datasets")).hasSize(1);
        JsonNode problem = client.problem(400, "/v1/urls?url=" + url + "y");
        assertThat(problem.path("type").asText()).isEqualTo("urn:whence:problem:invalid-url");
        assertThat(client.raw("/v1/urls?url=" + "%C3%A9".repeat(11_000))).contains(" 414 ");
    }

    /** Each parameter is hostile, or left out, or good. */
    private String address(OpenApi.Operation operation) {
        String path = operation.path();
        List<String> query = new ArrayList<>();
        for (JsonNode each : operation.told().path("parameters")) {
            JsonNode parameter = contract.resolved(each);
            String name = parameter.path("name").asText();
            String value = encoded(random.nextInt(3) == 0 ? good(name) : hostile());
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", value);
                case "query" -> {
                    if (random.nextInt(4) > 0) {
                        query.add(name + "=" + value);
                    }
                }
                default -> {}
            }
        }
        if (random.nextInt(10) == 0) {
            query.add(encoded(hostile()) + "=" + encoded(hostile()));
        }
        String address = query.isEmpty() ? path : path + "?" + String.join("&", query);
        return address.length() > 60_000 ? operation.path().replaceAll("\\{.*?}", "0") : address;
    }

    private String path(OpenApi.Operation operation, String address) {
        return operation.serves(address.replaceAll("\\?.*", ""))
                ? address.replaceAll("\\?.*", "")
                : operation.path();
    }

    private String hostile() {
        return HOSTILE.get(random.nextInt(HOSTILE.size()));
    }

    private String good(String name) {
        return switch (name) {
            case "domain" -> "a.example";
            case "dataset_id", "offset" -> "0";
            case "number", "version" -> "1";
            case "limit", "after" -> "3";
            case "host" -> "www.a.example";
            case "path_prefix" -> "/x";
            case "from", "to" -> "2024-01-01";
            case "fields" -> "url";
            case "prefix" -> "a";
            case "url" -> "https://www.a.example/x/00001";
            default -> "x";
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private String body(OpenApi.Operation operation) throws Exception {
        var json = new JsonMapper();
        ObjectNode body = json.createObjectNode();
        String[] names =
                operation.path().endsWith("sets")
                        ? new String[] {
                            "all_of", "any_of", "none_of", "prefix", "limit", "cursor", "overlap"
                        }
                        : new String[] {"domains"};
        for (String name : names) {
            switch (random.nextInt(5)) {
                case 0 -> body.put(name, hostile());
                case 1 -> body.putArray(name).add(hostile()).add(random.nextInt());
                case 2 -> body.putArray(name).add(random.nextInt(2));
                case 3 -> body.put(name, random.nextLong());
                default -> {}
            }
        }
        String text = json.writeValueAsString(body);
        if (random.nextInt(10) > 0) {
            return text;
        }
        char[] damaged = text.toCharArray();
        Arrays.fill(damaged, damaged.length / 2, damaged.length, '\u0001');
        return new String(damaged);
    }
}
