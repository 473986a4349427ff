package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.rest.ExportBody;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A list of domains with who holds each, as CSV (RFC 4180): a row for each domain and dataset, or
 * one without a dataset. Written as it is looked up.
 */
final class ListCsv implements ExportBody.Writing {
    private static final String HEAD = "asked,status,domain,dataset_id,dataset,urls\r\n";

    private final View view;
    private final TypedDomains typed;
    private final List<String> domains;

    ListCsv(View view, TypedDomains typed, List<String> domains) {
        this.view = view;
        this.typed = typed;
        this.domains = domains;
    }

    @Override
    public void to(OutputStream out) throws QueryException, IOException {
        var csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.write(HEAD);
        for (String asked : domains) {
            write(csv, ListedDomain.lookUp(view, typed, asked));
        }
        csv.flush();
    }

    private static void write(Writer csv, ListedDomain listed) throws IOException {
        String head =
                field(listed.asked())
                        + ','
                        + listed.status().text()
                        + ','
                        + field(listed.domain())
                        + ',';
        DomainDatasets found = listed.found();
        if (found == null || found.holdings().isEmpty()) {
            csv.write(head + ",,0\r\n");
            return;
        }
        for (Holding holding : found.holdings()) {
            csv.write(head);
            csv.write(Integer.toUnsignedString(holding.datasetId()));
            csv.write(',');
            csv.write(field(holding.name()));
            csv.write("," + holding.urls() + "\r\n");
        }
    }

    /**
     * A text that no spreadsheet takes for a formula: one that begins like it gets an apostrophe in
     * front (OWASP, CSV injection).
     */
    static String field(String text) {
        String safe =
                !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        boolean plain = safe.chars().noneMatch(c -> ",\"\r\n\t ".indexOf(c) >= 0);
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
