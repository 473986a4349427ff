package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Many domains that are looked up, in their order: a row for each dataset that holds one, and one
 * row without a dataset for what is held by none or is no domain. A place is the number of the
 * domain that comes next.
 */
public final class LookupListing implements Listing {
    /** Domains with their holdings that are in memory at once. */
    private static final int PART_DOMAINS = 100;

    private final Naming names;
    private final List<String> asked;

    /** The registrable domain that a text stands for. */
    public interface Naming {
        /**
         * Its domain.
         *
         * @throws QueryException.InvalidDomain if it is none
         * @throws QueryException.InvalidUrl if it is a URL of none
         */
        String domain(String text) throws QueryException;
    }

    public LookupListing(Naming names, List<String> asked) {
        this.names = names;
        this.asked = List.copyOf(asked);
    }

    @Override
    public String identity() {
        byte[] all = String.join("\n", asked).getBytes(StandardCharsets.UTF_8);
        return "export of a lookup %d %016x"
                .formatted(asked.size(), Fingerprint.of(all, 0, all.length));
    }

    @Override
    public String fileName() {
        return "lookup";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("asked"),
                Column.text("status"),
                Column.text("domain"),
                Column.fingerprint("domain_id"),
                Column.text("detail"),
                Column.number("dataset_id"),
                Column.text("name"),
                Column.number("url_count"));
    }

    @Override
    public void check(View view) {
        // What is no domain is told in its row.
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        int from = place.hasRemaining() ? number(place) : 0;
        int to = Math.min(asked.size(), from + PART_DOMAINS);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (String text : asked.subList(from, to)) {
            add(rows, view, text);
        }
        Optional<ByteBuffer> next =
                to == asked.size()
                        ? Optional.empty()
                        : Optional.of(ByteBuffer.allocate(Integer.BYTES).putInt(to).flip());
        return new Part(rows, next);
    }

    private int number(ByteBuffer place) throws QueryException {
        if (place.remaining() == Integer.BYTES) {
            int number = place.duplicate().getInt();
            if (number >= 0 && number < asked.size()) {
                return number;
            }
        }
        throw new QueryException.InvalidCursor();
    }

    private void add(List<@Nullable Object[]> rows, View view, String text)
            throws QueryException, IOException {
        String domain;
        try {
            domain = names.domain(text);
        } catch (QueryException e) {
            rows.add(
                    new @Nullable Object[] {
                        text, "invalid-domain", null, null, e.getMessage(), null, null, null
                    });
            return;
        }
        DomainDatasets found = view.holdings(domain);
        Long domainId = Fingerprint.of(domain);
        for (Holding holding : found.holdings()) {
            rows.add(
                    new @Nullable Object[] {
                        text,
                        "found",
                        domain,
                        domainId,
                        null,
                        Integer.toUnsignedLong(holding.datasetId()),
                        holding.name(),
                        holding.urls()
                    });
        }
        if (found.holdings().isEmpty()) {
            rows.add(
                    new @Nullable Object[] {
                        text, "not-found", domain, domainId, null, null, null, null
                    });
        }
    }
}
