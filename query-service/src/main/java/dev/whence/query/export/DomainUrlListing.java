package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPage;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The URLs of a domain in all datasets, one dataset after the other by id. A place is a dataset's
 * id, and a place in its list.
 */
public final class DomainUrlListing implements Listing {
    private final DatasetUrls urls;
    private final String domain;
    private final UrlFilter filter;
    private final UrlColumns fields;

    /** Reads by pages that wait for no turn. */
    public DomainUrlListing(UrlPages pages, String domain, UrlFilter filter, UrlColumns fields) {
        this.urls = new DatasetUrls(pages);
        this.domain = domain;
        this.filter = filter;
        this.fields = fields;
    }

    @Override
    public String identity() {
        return "export of all datasets %s %s".formatted(domain, filter);
    }

    @Override
    public String fileName() {
        return DatasetUrls.fileName(domain, filter);
    }

    @Override
    public List<Column> columns() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.number("dataset_id"));
        columns.add(Column.text("name"));
        columns.addAll(fields.columns());
        return columns;
    }

    @Override
    public void check(View view) {
        // A domain that no dataset holds is an empty list.
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        ByteBuffer rest = place.duplicate();
        if (rest.hasRemaining() && rest.remaining() < Integer.BYTES) {
            throw new QueryException.InvalidCursor();
        }
        int from = rest.hasRemaining() ? rest.getInt() : 0;
        List<Holding> holdings =
                view.holdings(domain).holdings().stream()
                        .filter(each -> Integer.compareUnsigned(each.datasetId(), from) >= 0)
                        .toList();
        if (holdings.isEmpty()) {
            return new Part(List.of(), Optional.empty());
        }
        Holding holding = holdings.getFirst();
        boolean goesOn = holding.datasetId() == from;
        long datasetId = Integer.toUnsignedLong(holding.datasetId());
        UrlPage page =
                urls.read(
                        view,
                        new UrlList(domain, holding.datasetId(), filter),
                        goesOn ? rest.slice() : PlaceCursor.BEGINNING);
        Optional<ByteBuffer> next =
                DatasetUrls.next(page).map(inside -> place(holding.datasetId(), inside));
        if (next.isEmpty() && holdings.size() > 1) {
            next = Optional.of(place(holdings.get(1).datasetId(), PlaceCursor.BEGINNING));
        }
        return new Part(
                page.rows().stream()
                        .map(row -> fields.values(row, datasetId, holding.name()))
                        .toList(),
                next);
    }

    private static ByteBuffer place(int datasetId, ByteBuffer inside) {
        return ByteBuffer.allocate(Integer.BYTES + inside.remaining())
                .putInt(datasetId)
                .put(inside.duplicate())
                .flip();
    }
}
