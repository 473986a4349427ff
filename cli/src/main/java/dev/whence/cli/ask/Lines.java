package dev.whence.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.function.Function;

/** Items as lines, until the reader has enough. */
public final class Lines implements Pages.Sink {
    private final PrintWriter out;
    private final Function<JsonNode, String> text;

    private Lines(PrintWriter out, Function<JsonNode, String> text) {
        this.out = out;
        this.text = text;
    }

    /** The whole item in JSON, or one field of it. */
    public static Lines of(PrintWriter out, boolean json, String field) {
        return new Lines(out, json ? JsonNode::toString : item -> item.path(field).asText());
    }

    @Override
    public void take(JsonNode item) {
        out.println(Visible.of(text.apply(item)));
    }

    /** Where nothing can be written there is no use in reading on. */
    @Override
    public boolean wantsMore() {
        return !out.checkError();
    }
}
