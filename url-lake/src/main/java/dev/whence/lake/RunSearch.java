package dev.whence.lake;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.parquet.ObjectBytes;
import dev.whence.parquet.StoreRanges;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows in a run of one domain by their keys. The run is sorted, so the column indexes of host
 * and path leave a page or two to be decoded, however long the run is; only a page whose bounds do
 * not decide is read. A file that was opened by a tail has no bounds of paths: a long run of one
 * host is halved then, page by page. A bloom filter would cost as many reads as that page, and
 * decide less. Keeps the page that it read last: make one for a question. Not thread-safe.
 */
public final class RunSearch {
    private final ObjectBytes file;
    private final long first;
    private final long end;
    private final ColumnPages hostPages;
    private final ColumnPages pathPages;
    private final ColumnDecoder hosts;
    private final ColumnDecoder paths;
    private final ColumnDecoder schemes;
    private @Nullable Decoded decoded;

    RunSearch(ObjectBytes file, RowRange run, Function<String, ColumnPages> pages) {
        this.file = file;
        this.first = run.first();
        this.end = run.first() + run.rows();
        this.hostPages = pages.apply(UrlSchema.HOST);
        this.pathPages = pages.apply(UrlSchema.PATH_QUERY);
        this.hosts = new ColumnDecoder(file, hostPages);
        this.paths = new ColumnDecoder(file, pathPages);
        this.schemes = new ColumnDecoder(file, pages.apply(UrlSchema.SCHEME));
    }

    /** The rows of the run that are in a range; {@link RowRange#EMPTY} for none. */
    public RowRange rows(UrlRange range) throws IOException {
        long from = ceiling(range.from());
        UrlKey to = range.to();
        long until = to == null ? end : ceiling(to);
        return from >= until ? RowRange.EMPTY : new RowRange(from, until - from);
    }

    /** The first row of the run that is not before a key; the row behind the run if all are. */
    public long ceiling(UrlKey key) throws IOException {
        int low = pathPages.pageOf(first);
        int high = pathPages.pageOf(end - 1) + 1;
        while (low < high) {
            int page = (low + high) >>> 1;
            Side side = sideByBounds(page, key);
            if (side == Side.MIXED) {
                Decoded rows = decode(page, !key.standsAtHost());
                long row = rows.ceiling(key);
                if (row > rows.first && row < rows.end()) {
                    return row;
                }
                side = row == rows.first ? Side.NOT_BEFORE : Side.BEFORE;
            }
            if (side == Side.BEFORE) {
                low = page + 1;
            } else {
                high = page;
            }
        }
        return low == pathPages.count() ? end : Math.clamp(pathPages.firstRow(low), first, end);
    }

    /** The host of a row of the run. */
    public String hostAt(long row) throws IOException {
        String constant = hostPages.constant(hostPages.pageOf(row));
        if (constant != null) {
            return constant;
        }
        Decoded rows = decode(pathPages.pageOf(row), false);
        return rows.hosts[(int) (row - rows.first)];
    }

    /** Where the rows of a page stand to a key. */
    private enum Side {
        BEFORE,
        NOT_BEFORE,
        /** Some before and some not, or it cannot be told from the bounds. */
        MIXED
    }

    /** Bounds may be cut off and hold for rows of other domains in the page too: they stay such. */
    private Side sideByBounds(int page, UrlKey key) {
        long from = Math.max(first, pathPages.firstRow(page));
        long to = Math.min(end, pathPages.endRow(page));
        boolean allBefore = true;
        boolean allAfter = true;
        boolean sameHost = true;
        for (int at = hostPages.pageOf(from); at <= hostPages.pageOf(to - 1); at++) {
            allBefore &= text(hostPages.max(at)).compareTo(key.host()) < 0;
            allAfter &= text(hostPages.min(at)).compareTo(key.host()) > 0;
            sameHost &= key.host().equals(hostPages.constant(at));
        }
        if (sameHost && key.standsAtHost()) {
            return key.pathQuery().isEmpty() ? Side.NOT_BEFORE : Side.BEFORE;
        }
        // A tail leaves the bounds of paths out; no path is empty.
        if (sameHost && pathPages.max(page).length > 0) {
            String least = text(pathPages.min(page));
            allBefore = text(pathPages.max(page)).compareTo(key.pathQuery()) < 0;
            int order = least.compareTo(key.pathQuery());
            allAfter = order > 0 || (order == 0 && key.scheme().isEmpty());
        }
        if (allBefore) {
            return Side.BEFORE;
        }
        return allAfter ? Side.NOT_BEFORE : Side.MIXED;
    }

    private Decoded decode(int page, boolean withPaths) throws IOException {
        long from = Math.max(first, pathPages.firstRow(page));
        long to = Math.min(end, pathPages.endRow(page));
        Decoded known = decoded;
        if (known != null && known.first == from && (known.hasPaths() || !withPaths)) {
            return known;
        }
        List<Region> regions = new ArrayList<>();
        hosts.plan(from, to, regions);
        if (withPaths) {
            paths.plan(from, to, regions);
            schemes.plan(from, to, regions);
        }
        StoreRanges ranges = StoreRanges.fetch(file, regions);
        String[] none = {};
        Decoded rows =
                new Decoded(
                        from,
                        hosts.texts(from, to, ranges),
                        withPaths ? paths.deltaStrings(from, to, ranges) : none,
                        withPaths ? schemes.texts(from, to, ranges) : none);
        decoded = rows;
        return rows;
    }

    private static String text(byte[] bound) {
        return new String(bound, StandardCharsets.ISO_8859_1);
    }

    /** The rows of a page that are in the run. */
    private static final class Decoded {
        private final long first;
        private final String[] hosts;
        private final String[] paths;
        private final String[] schemes;

        Decoded(long first, String[] hosts, String[] paths, String[] schemes) {
            this.first = first;
            this.hosts = hosts;
            this.paths = paths;
            this.schemes = schemes;
        }

        boolean hasPaths() {
            return paths.length > 0;
        }

        long end() {
            return first + hosts.length;
        }

        long ceiling(UrlKey key) {
            int low = 0;
            int high = hosts.length;
            while (low < high) {
                int row = (low + high) >>> 1;
                if (compare(row, key) < 0) {
                    low = row + 1;
                } else {
                    high = row;
                }
            }
            return first + low;
        }

        /** Without paths the key stands before or behind all rows of its host. */
        private int compare(int row, UrlKey key) {
            int order = hosts[row].compareTo(key.host());
            if (order != 0) {
                return order;
            }
            if (key.standsAtHost()) {
                return key.pathQuery().isEmpty() ? 1 : -1;
            }
            order = paths[row].compareTo(key.pathQuery());
            return order != 0 ? order : schemes[row].compareTo(key.scheme());
        }
    }
}
