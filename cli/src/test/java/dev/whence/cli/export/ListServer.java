package dev.whence.cli.export;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Util;

/** An export of numbered rows as the service's own, which breaks off when it is told to. */
final class ListServer implements AutoCloseable {
    private final HttpServer server;
    private final int rows;
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());

    /** How many bytes of an answer are sent before the connection breaks. */
    volatile int cutAfterBytes = Integer.MAX_VALUE;

    /** Whether what is cut off ends like a whole answer. */
    volatile boolean isCutQuietly;

    /** What the end counts too many. */
    volatile int miscount;

    /** Whether cursors are of a version that is gone. */
    volatile boolean isRetired;

    ListServer(int rows) throws IOException {
        this.rows = rows;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String address() {
        return "localhost:" + server.getAddress().getPort();
    }

    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        asked.add(query);
        Map<String, String> parameters =
                Arrays.stream(query.split("&"))
                        .map(each -> each.split("=", 2))
                        .collect(Collectors.toMap(each -> each[0], each -> each[1]));
        String cursor = parameters.get("cursor");
        if (cursor != null && isRetired) {
            byte[] problem =
                    "{\"type\": \"urn:whence:problem:retired-version\", \"detail\": \"gone\"}"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(410, problem.length);
            exchange.getResponseBody().write(problem);
            exchange.close();
            return;
        }
        int from = cursor == null ? 0 : Integer.parseInt(cursor.replaceAll("\\D", ""));
        int limit = Integer.parseInt(parameters.getOrDefault("limit", "1000000"));
        int to = Math.min(rows, from + limit);
        byte[] body =
                switch (parameters.get("format")) {
                    case "csv" -> csv(from, to).getBytes(StandardCharsets.UTF_8);
                    case "ndjson" -> ndjson(from, to).getBytes(StandardCharsets.UTF_8);
                    default -> parquet(from, to);
                };
        int sent = Math.min(body.length, cutAfterBytes);
        // More is promised than comes, so that the client sees that it was cut off.
        exchange.sendResponseHeaders(200, sent == body.length || isCutQuietly ? sent : body.length);
        exchange.getResponseBody().write(body, 0, sent);
        exchange.getResponseBody().flush();
        exchange.close();
    }

    private String csv(int from, int to) {
        var text = new StringBuilder("url,note,cursor\r\n");
        for (int row = from; row < to; row++) {
            text.append(csvRow(row)).append(",'-c").append(row + 1).append("\r\n");
        }
        return text + csvEnd(to - from + miscount, to < rows ? "-c" + to : "", 3);
    }

    private String ndjson(int from, int to) {
        var text = new StringBuilder();
        for (int row = from; row < to; row++) {
            String line = ndjsonRow(row);
            text.append(line, 0, line.length() - 1)
                    .append(",\"cursor\":\"-c")
                    .append(row + 1)
                    .append("\"}\n");
        }
        return text + ndjsonEnd(to - from + miscount, to < rows ? "\"-c" + to + "\"" : "null");
    }

    /** A file whose footer counts rows that nobody reads here. */
    private byte[] parquet(int from, int to) throws IOException {
        var footer = new ByteArrayOutputStream();
        var metadata =
                new FileMetaData(1, List.of(new SchemaElement("rows")), to - from, List.of());
        metadata.addToKey_value_metadata(value("whence.rows", "" + (to - from + miscount)));
        metadata.addToKey_value_metadata(value("whence.version", "9"));
        if (to < rows) {
            metadata.addToKey_value_metadata(value("whence.next-cursor", "-c" + to));
        }
        Util.writeFileMetaData(metadata, footer);
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(footer.size() + 12)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(magic)
                .put(footer.toByteArray())
                .putInt(footer.size())
                .put(magic)
                .array();
    }

    private static KeyValue value(String name, String value) {
        return new KeyValue(name).setValue(value);
    }

    static String csvRow(int row) {
        return "https://a.example/%d,\"a line\r\nand \"\"%d\"\", cursor\"".formatted(row, row);
    }

    static String csvEnd(int rows, String next, int columns) {
        return "#end rows=%d version=9 next_cursor=%s%s\r\n"
                .formatted(rows, next, ",".repeat(columns - 1));
    }

    static String ndjsonRow(int row) {
        return "{\"url\":\"https://a.example/%d?\\\",\\\"cursor\\\":\\\"x\\\"}\"}".formatted(row);
    }

    static String ndjsonEnd(int rows, String next) {
        return "{\"_end\":{\"rows\":%d,\"version\":9,\"next_cursor\":%s}}\n".formatted(rows, next);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
