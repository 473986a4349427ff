package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPage;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** The URLs that a dataset holds of a domain, as far as a filter lets them through. */
public final class UrlListing implements Listing {
    private final DatasetUrls urls;
    private final UrlList list;
    private final UrlColumns fields;

    /** Reads by pages that wait for no turn. */
    public UrlListing(UrlPages pages, UrlList list, UrlColumns fields) {
        this.urls = new DatasetUrls(pages);
        this.list = list;
        this.fields = fields;
    }

    @Override
    public String identity() {
        return "export " + list;
    }

    @Override
    public String fileName() {
        return DatasetUrls.fileName(list.domain(), list.filter())
                + "-"
                + Integer.toUnsignedString(list.datasetId());
    }

    @Override
    public List<Column> columns() {
        return fields.columns();
    }

    @Override
    public void check(View view) throws QueryException {
        view.requireDataset(list.datasetId());
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        UrlPage page = urls.read(view, list, place);
        return new Part(page.rows().stream().map(fields::values).toList(), DatasetUrls.next(page));
    }
}
