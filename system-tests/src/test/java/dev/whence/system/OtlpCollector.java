package dev.whence.system;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A collector of traces, as OTLP over HTTP has it: what it was sent, it keeps. */
final class OtlpCollector implements AutoCloseable {
    private static final int ENDS_WITH_LENGTH = 2;

    /** A span, as far as a test asks for it. */
    record Span(String service, String name, String traceId, String parentId, List<String> links) {}

    /** A field of a message of Protocol Buffers; a number is its eight bytes. */
    private record Field(int number, byte[] content) {
        String hex() {
            return HexFormat.of().formatHex(content);
        }

        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    private final HttpServer server;
    private final Queue<Span> spans = new ConcurrentLinkedQueue<>();

    private OtlpCollector(HttpServer server) {
        this.server = server;
    }

    static OtlpCollector start() throws IOException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var collector = new OtlpCollector(HttpServer.create(address, 0));
        collector.server.createContext("/v1/traces", collector::take);
        collector.server.start();
        return collector;
    }

    String endpoint() {
        return "http://localhost:%d/v1/traces".formatted(server.getAddress().getPort());
    }

    List<Span> spans() {
        return List.copyOf(spans);
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] request = exchange.getRequestBody().readAllBytes();
        for (Field resource : fields(request, 1)) {
            for (Field scope : fields(resource.content(), 2)) {
                for (Field span : fields(scope.content(), 2)) {
                    spans.add(span(service(resource.content()), span.content()));
                }
            }
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private static String service(byte[] resource) {
        for (Field attributes : fields(resource, 1)) {
            for (Field attribute : fields(attributes.content(), 1)) {
                if (fields(attribute.content(), 1).getFirst().text().equals("service.name")) {
                    byte[] value = fields(attribute.content(), 2).getFirst().content();
                    return fields(value, 1).getFirst().text();
                }
            }
        }
        return "";
    }

    private static Span span(String service, byte[] span) {
        return new Span(
                service,
                fields(span, 5).getFirst().text(),
                fields(span, 1).getFirst().hex(),
                fields(span, 4).stream().findFirst().map(Field::hex).orElse(""),
                fields(span, 13).stream()
                        .map(link -> fields(link.content(), 1).getFirst().hex())
                        .toList());
    }

    private static List<Field> fields(byte[] message, int number) {
        var found = new ArrayList<Field>();
        ByteBuffer bytes = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int tag = (int) varint(bytes);
            byte[] content =
                    switch (tag & 7) {
                        case 0 -> ByteBuffer.allocate(Long.BYTES).putLong(varint(bytes)).array();
                        case 1 -> take(bytes, Long.BYTES);
                        case ENDS_WITH_LENGTH -> take(bytes, (int) varint(bytes));
                        case 5 -> take(bytes, Integer.BYTES);
                        default -> throw new IllegalArgumentException("wire type of tag " + tag);
                    };
            if (tag >>> 3 == number) {
                found.add(new Field(number, content));
            }
        }
        return found;
    }

    private static byte[] take(ByteBuffer bytes, int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
