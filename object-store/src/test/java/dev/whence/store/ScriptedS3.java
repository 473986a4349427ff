package dev.whence.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Answers each put with the next line of a script and each head with the object's owner: for
 * answers that a real server gives only under load, or through a proxy that repeats requests.
 */
final class ScriptedS3 implements AutoCloseable {
    private static final String TOKEN_HEADER = "x-amz-meta-whence-put";

    /** Whose object a head finds. */
    enum Owner {
        THE_PUTTER,
        ANOTHER,
        WITHOUT_TOKEN,
        NO_OBJECT,
        SERVER_FAILS
    }

    /** An answer to a put. */
    record Answer(int status, String code) {}

    private final HttpServer server;
    private final List<Answer> script;
    private final Owner owner;
    private final AtomicInteger puts = new AtomicInteger();
    private volatile @Nullable String token;

    ScriptedS3(Owner owner, Answer... script) throws IOException {
        this.owner = owner;
        this.script = List.of(script);
        this.server =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int puts() {
        return puts.get();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            switch (exchange.getRequestMethod()) {
                case "PUT" -> answerPut(exchange);
                case "HEAD" -> answerHead(exchange);
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private void answerPut(HttpExchange exchange) throws IOException {
        token = exchange.getRequestHeaders().getFirst(TOKEN_HEADER);
        Answer answer = script.get(puts.getAndIncrement());
        if (answer.status() == 200) {
            exchange.sendResponseHeaders(200, -1);
            return;
        }
        byte[] error =
                "<Error><Code>%s</Code><Message>as the script says</Message></Error>"
                        .formatted(answer.code())
                        .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), error.length);
        exchange.getResponseBody().write(error);
    }

    private void answerHead(HttpExchange exchange) throws IOException {
        int status =
                switch (owner) {
                    case THE_PUTTER -> found(exchange, token);
                    case ANOTHER -> found(exchange, "another's");
                    case WITHOUT_TOKEN -> found(exchange, null);
                    case NO_OBJECT -> 404;
                    case SERVER_FAILS -> 500;
                };
        exchange.sendResponseHeaders(status, -1);
    }

    private static int found(HttpExchange exchange, @Nullable String token) {
        if (token != null) {
            exchange.getResponseHeaders().set(TOKEN_HEADER, token);
        }
        return 200;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
