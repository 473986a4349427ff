package dev.whence.cli.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.whence.cli.Run;
import dev.whence.cli.place.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir Path directory;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private int mostAtOnce = 10_000;
    private int busyTimes;
    private int forgotten;

    /**
     * Whatever ends in .example is in two datasets, whatever holds a blank is no domain, all else
     * is unknown.
     */
    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void tellsEveryLineInItsOrder() throws IOException {
        assertThat(
                        lookup(
                                        "\ufeffa.example\r\n\n  nobody.test \n=no domain\t1\nhttps://www.b.example/x?y\n")
                                .out())
                .isEqualTo(
                        """
                        asked	status	domain	dataset_id	name	url_count
                        a.example	found	a.example	0	c4	3
                        a.example	found	a.example	7	"news"	1
                        nobody.test	not-found	nobody.test			\n\
                        =no domain\\u00091	invalid-domain				\n\
                        https://www.b.example/x?y	found	www.b.example	0	c4	3
                        https://www.b.example/x?y	found	www.b.example	7	"news"	1
                        """);
        assertThat(lookup("=no domain\na.example\n", "--format", "csv").out())
                .isEqualTo(
                        """
                        asked,status,domain,dataset_id,name,url_count\r
                        '=no domain,invalid-domain,,,,\r
                        a.example,found,a.example,0,c4,3\r
                        a.example,found,a.example,7,""\"news""\",1\r
                        """);
        assertThat(lookup("nobody.test\n", "--json").out())
                .isEqualTo(
                        "{\"asked\":\"nobody.test\",\"status\":\"not-found\",\"domain\":\"nobody.test\",\"datasets\":[]}\n");
    }

    @Test
    void asksForListsOfAnyLengthInBatchesOfOneVersion() throws IOException {
        busyTimes = 1;
        var lines = new StringBuilder();
        IntStream.range(0, 25_001).forEach(at -> lines.append(at).append(".example\n"));
        Run run = lookup(lines.toString());
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .isEqualTo("25,001 found, 0 in no dataset, 0 that are no domains; version 9\n");
        assertThat(run.lines()).hasSize(1 + 2 * 25_001);
        assertThat(run.lines().get(50_001)).startsWith("25000.example\tfound\t25000.example\t0");
        assertThat(asked)
                .containsExactly("busy", "10000 ?null", "10000 ?version=9", "5001 ?version=9");
    }

    @Test
    void halvesWhatIsTooMuchAtOnce() throws IOException {
        mostAtOnce = 3;
        Run run = lookup("1.example\n2.example\n3.example\n4.example\n5.example\n");
        assertThat(run.lines().stream().skip(1).map(line -> line.substring(0, 1)))
                .containsExactly("1", "1", "2", "2", "3", "3", "4", "4", "5", "5");
        mostAtOnce = 0;
        Run never = lookup("1.example\n2.example\n");
        assertThat(never.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(never.err()).contains("whence: fewer at once");
    }

    @Test
    void saysThatNothingOfAListIsHeld() throws IOException {
        Run run = lookup("nobody.test\nno domain\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_FOUND.code());
        assertThat(run.err()).startsWith("0 found, 1 in no dataset, 1 that are no domains");
    }

    @Test
    void refusesAnswersThatLeaveLinesOut() throws IOException {
        forgotten = 1;
        Run run = lookup("1.example\n2.example\n");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("tells 1 domains where 2 were asked for");
    }

    @Test
    void keepsTheBeginningOfALineThatNeverEnds() throws IOException {
        Run run = lookup("x y".repeat(1 << 20) + "\na.example\n", "--json");
        assertThat(run.lines()).hasSize(2);
        assertThat(run.lines().getFirst().length()).isLessThan(1_000);
    }

    private Run lookup(String list, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("list.txt"), list);
        var words =
                new ArrayList<>(
                        List.of(
                                "lookup",
                                file.toString(),
                                "--server",
                                "localhost:" + server.getAddress().getPort()));
        words.addAll(List.of(options));
        return Run.of(words.toArray(String[]::new));
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode domains = JSON.readTree(exchange.getRequestBody()).path("domains");
        if (busyTimes > 0) {
            busyTimes--;
            asked.add("busy");
            exchange.getResponseHeaders().add("Retry-After", "0");
            send(exchange, 429, JSON.createObjectNode().put("detail", "later"));
        } else if (domains.size() > mostAtOnce) {
            send(
                    exchange,
                    400,
                    JSON.createObjectNode()
                            .put("type", "urn:whence:problem:too-much")
                            .put("detail", "fewer at once"));
        } else {
            asked.add(domains.size() + " ?" + exchange.getRequestURI().getQuery());
            ObjectNode answer = JSON.createObjectNode().put("version", 9);
            ArrayNode told = answer.putArray("domains");
            domains.valueStream().skip(forgotten).forEach(domain -> tell(domain.asText(), told));
            send(exchange, 200, answer);
        }
    }

    private static void tell(String domain, ArrayNode told) {
        boolean isDomain = !domain.contains(" ");
        boolean isFound = isDomain && domain.endsWith(".example");
        ObjectNode item =
                told.addObject()
                        .put("asked", domain)
                        .put(
                                "status",
                                isFound ? "found" : isDomain ? "not-found" : "invalid-domain")
                        .put("domain", isDomain ? domain : null);
        ArrayNode datasets = item.putArray("datasets");
        if (isFound) {
            datasets.addObject().put("dataset_id", 0).put("name", "c4").put("url_count", 3);
            datasets.addObject().put("dataset_id", 7).put("name", "\"news\"").put("url_count", 1);
        }
    }

    private static void send(HttpExchange exchange, int status, JsonNode document)
            throws IOException {
        byte[] body = document.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
