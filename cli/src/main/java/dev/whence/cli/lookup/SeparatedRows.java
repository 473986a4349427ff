package dev.whence.cli.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Lines of fields under a line of names: one for each dataset that holds a domain, or one that says
 * that none does, or that it is none. The columns are those of the export of a look-up, but for
 * {@code domain_id} and {@code detail}.
 */
final class SeparatedRows implements LookupRows {
    private static final List<String> COLUMNS =
            List.of("asked", "status", "domain", "dataset_id", "name", "url_count");

    private final PrintWriter out;
    private final String separator;
    private final String lineEnd;
    private final UnaryOperator<String> field;

    private SeparatedRows(
            PrintWriter out, String separator, String lineEnd, UnaryOperator<String> field) {
        this.out = out;
        this.separator = separator;
        this.lineEnd = lineEnd;
        this.field = field;
        line(COLUMNS);
    }

    /** Tabs between fields; in a field there is none, as no control character is. */
    static SeparatedRows tabs(PrintWriter out) {
        return new SeparatedRows(out, "\t", "\n", Visible::of);
    }

    /** CSV as the service's exports have it. */
    static SeparatedRows csv(PrintWriter out) {
        return new SeparatedRows(out, ",", "\r\n", text -> CsvField.of(Visible.of(text)));
    }

    @Override
    public void answer(String line, JsonNode told) {
        String status = told.path("status").asText();
        String domain = told.path("domain").asText("");
        List<JsonNode> datasets = told.path("datasets").valueStream().toList();
        for (JsonNode dataset : datasets) {
            line(
                    List.of(
                            line,
                            status,
                            domain,
                            dataset.path("dataset_id").asText(),
                            dataset.path("name").asText(),
                            dataset.path("url_count").asText()));
        }
        if (datasets.isEmpty()) {
            var none = new ArrayList<>(List.of(line, status));
            none.add(told.path("domain").isTextual() ? domain : "");
            none.addAll(List.of("", "", ""));
            line(none);
        }
    }

    private void line(List<String> fields) {
        out.print(fields.stream().map(field).collect(Collectors.joining(separator)) + lineEnd);
    }
}
