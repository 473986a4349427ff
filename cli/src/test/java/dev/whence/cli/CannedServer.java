package dev.whence.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A real HTTP server that answers each path with the document that it was given. */
final class CannedServer implements AutoCloseable {
    private record Canned(int status, String document) {}

    private final HttpServer server;
    private final Map<String, Canned> answers = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    CannedServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/",
                exchange -> {
                    String path = exchange.getRequestURI().toString();
                    asked.add(path);
                    Canned answer = answers.get(path);
                    byte[] body =
                            (answer == null
                                            ? "{\"status\": 404, \"title\": \"Not Found\", \"detail\": \"nothing at "
                                                    + path
                                                    + "\"}"
                                            : answer.document())
                                    .getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(
                            answer == null ? 404 : answer.status(), body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.start();
    }

    CannedServer answer(String path, String document) {
        return answer(path, 200, document);
    }

    CannedServer answer(String path, int status, String document) {
        answers.put(path, new Canned(status, document));
        return this;
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
