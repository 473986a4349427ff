package dev.whence.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * A real HTTP server that answers each path with the document that it was given. Answers to one
 * path are told one after the other, the last one again and again.
 */
public final class CannedServer implements AutoCloseable {
    private record Canned(int status, Map<String, String> headers, String document) {}

    /** A request as it came. */
    public record Asked(String path, String authorization, String body) {}

    private final HttpServer server;
    private final Map<String, Deque<Canned>> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());

    public CannedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().toString();
                    asked.add(
                            new Asked(
                                    path,
                                    String.valueOf(
                                            exchange.getRequestHeaders().getFirst("Authorization")),
                                    new String(
                                            exchange.getRequestBody().readAllBytes(),
                                            StandardCharsets.UTF_8)));
                    Deque<Canned> canned = answers.getOrDefault(path, new ArrayDeque<>());
                    Canned answer = canned.size() > 1 ? canned.poll() : canned.peek();
                    byte[] body =
                            (answer == null
                                            ? "{\"status\": 404, \"title\": \"Not Found\", \"detail\": \"nothing at "
                                                    + path
                                                    + "\"}"
                                            : answer.document())
                                    .getBytes(StandardCharsets.UTF_8);
                    if (answer != null) {
                        answer.headers().forEach(exchange.getResponseHeaders()::add);
                    }
                    exchange.sendResponseHeaders(
                            answer == null ? 404 : answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    public CannedServer answer(String path, String document) {
        return answer(path, 200, document);
    }

    public CannedServer answer(String path, int status, String document) {
        return answer(path, status, Map.of(), document);
    }

    /** Adds an answer behind those that the path has. */
    public CannedServer answer(
            String path, int status, Map<String, String> headers, String document) {
        answers.computeIfAbsent(path, _ -> new ConcurrentLinkedDeque<>())
                .add(new Canned(status, headers, document));
        return this;
    }

    /** The paths that were asked for. */
    public List<String> asked() {
        return requests().stream().map(Asked::path).toList();
    }

    public List<Asked> requests() {
        return List.copyOf(asked);
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
