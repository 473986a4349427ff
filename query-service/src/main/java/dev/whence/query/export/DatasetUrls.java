package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.listing.UrlPage;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** The parts of a list of URLs: its pages, and places in them as bytes. */
final class DatasetUrls {
    /** A page of the file, which is decoded whole whatever is wanted of it. */
    private static final int PART_ROWS = 4_000;

    private final UrlPages pages;

    DatasetUrls(UrlPages pages) {
        this.pages = pages;
    }

    UrlPage read(View view, UrlList list, ByteBuffer place) throws QueryException, IOException {
        return pages.read(
                view.urls(list.domain(), list.datasetId()),
                list.filter(),
                PageStart.of(place),
                PART_ROWS,
                page -> page);
    }

    static Optional<ByteBuffer> next(UrlPage page) {
        return page.next().map(next -> new PageStart(next, page.end()).bytes());
    }

    static String fileName(String domain, UrlFilter filter) {
        return domain + (filter.isNone() ? "-urls" : "-some-urls");
    }
}
