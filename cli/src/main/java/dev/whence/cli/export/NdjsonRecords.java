package dev.whence.cli.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;

/** NDJSON: the last field of a row is {@code cursor}, the last line holds {@code _end}. */
final class NdjsonRecords implements RecordFormat {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String END = "{\"_end\":";
    private static final String CURSOR = ",\"cursor\":\"";
    private static final String ROW_END = "\"}";

    @Override
    public boolean isQuoted() {
        return false;
    }

    @Override
    public boolean hasHeading() {
        return false;
    }

    @Override
    public String heading(String record) throws IOException {
        throw new MalformedListException("NDJSON has no heading");
    }

    @Override
    public Optional<ListEnd> end(String record) throws IOException {
        if (!record.startsWith(END)) {
            return Optional.empty();
        }
        JsonNode end;
        try {
            end = JSON.readTree(record).path("_end");
        } catch (JsonProcessingException e) {
            throw new MalformedListException("an end that is not JSON");
        }
        if (!end.path("rows").isIntegralNumber() || !end.path("version").isIntegralNumber()) {
            throw new MalformedListException("an end without rows and version");
        }
        return Optional.of(
                new ListEnd(
                        end.path("rows").asLong(),
                        end.path("version").asLong(),
                        end.path("next_cursor").textValue()));
    }

    @Override
    public Row row(String record) throws IOException {
        int at = record.lastIndexOf(CURSOR);
        if (at < 0 || !record.startsWith("{") || !record.endsWith(ROW_END)) {
            throw new MalformedListException("a line that is no row with a cursor");
        }
        String cursor = record.substring(at + CURSOR.length(), record.length() - ROW_END.length());
        return new Row(record.substring(0, at) + "}", Cursors.require(cursor));
    }

    @Override
    public String end(ListEnd end, int columns) {
        ObjectNode document = JSON.createObjectNode();
        document.putObject("_end")
                .put("rows", end.rows())
                .put("version", end.version())
                .put("next_cursor", end.nextCursor());
        return document.toString();
    }

    @Override
    public String lineEnd() {
        return "\n";
    }
}
