package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.view.DomainNamesPage;
import dev.whence.query.view.View;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The domains that begin in one way, with their sums over all datasets.
 *
 * @param prefix empty for all
 */
public record PrefixListing(String prefix) implements Listing {

    @Override
    public String identity() {
        return "export of domains " + prefix;
    }

    @Override
    public String fileName() {
        return prefix.isEmpty() ? "domains" : "domains-" + prefix;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("domain"),
                Column.fingerprint("domain_id"),
                Column.number("dataset_count"),
                Column.number("url_count"));
    }

    @Override
    public void check(View view) {
        // No domain at all is an empty list.
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        DomainNamesPage page = view.beginningWith(prefix).page(Names.after(place), Names.PART_ROWS);
        return new Part(
                view.holdings(page.domains()).stream()
                        .<@Nullable Object[]>map(found ->
                                new @Nullable Object[] {
                                    found.domain(),
                                    Fingerprint.of(found.domain()),
                                    (long) found.holdings().size(),
                                    found.urls()
                                })
                        .toList(),
                Names.next(page.next()));
    }
}
