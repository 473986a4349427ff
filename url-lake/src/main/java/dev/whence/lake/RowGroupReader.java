package dev.whence.lake;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.parquet.ObjectBytes;
import dev.whence.parquet.StoreRanges;
import dev.whence.url.Fingerprint;
import dev.whence.url.Scheme;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Reads rows of one row group, all columns they need in one round trip to the store. Keeps the
 * dictionaries that it has read: make one for a page of rows or for one pass. Not thread-safe.
 *
 * <p>Both fingerprints are computed and their columns never read: that is faster than fetching
 * random bytes, and they are defined by the strings.
 */
final class RowGroupReader {
    /** More is not fetched before it is known whether it is wanted. */
    private static final long LARGEST_GUESS_BYTES = 1 << 20;

    private final ObjectBytes file;
    private final int rowGroup;
    private final ColumnDecoder schemes;
    private final ColumnDecoder hosts;
    private final ColumnDecoder domains;
    private final ColumnDecoder paths;
    private final ColumnDecoder timestamps;
    private final ColumnDecoder extraKeys;
    private final ColumnDecoder extraValues;
    private final List<ColumnDecoder> columns;
    private String lastDomain = "";
    private long lastDomainId;
    private byte[] url = new byte[256];

    RowGroupReader(ObjectBytes file, int rowGroup, Function<String, ColumnPages> pages) {
        this.file = file;
        this.rowGroup = rowGroup;
        schemes = new ColumnDecoder(file, pages.apply(UrlSchema.SCHEME));
        hosts = new ColumnDecoder(file, pages.apply(UrlSchema.HOST));
        domains = new ColumnDecoder(file, pages.apply(UrlSchema.DOMAIN));
        paths = new ColumnDecoder(file, pages.apply(UrlSchema.PATH_QUERY));
        timestamps = new ColumnDecoder(file, pages.apply(UrlSchema.TS));
        extraKeys = new ColumnDecoder(file, pages.apply(UrlSchema.EXTRAS_KEY));
        extraValues = new ColumnDecoder(file, pages.apply(UrlSchema.EXTRAS_VALUE));
        columns = List.of(schemes, hosts, domains, paths, timestamps, extraKeys, extraValues);
    }

    /** The rows {@code [first, end)} of the row group. */
    List<UrlRow> rows(long first, long end) throws IOException {
        return first == end ? List.of() : rows(first, end, fetch(first, end));
    }

    /**
     * Where a domain's run lies, and its rows after the first {@code skip}, at most {@code limit}.
     * The run begins somewhere in the first page that can hold it, so its rows lie among those that
     * would be read from the first and from the last row of that page: a page or two.
     */
    DomainStart start(String domain, long skip, int limit) throws IOException {
        DomainColumn.Search search = new DomainColumn(file, rowGroup, domains).search(domain);
        if (search.isEmpty()) {
            return new DomainStart(RowRange.EMPTY, List.of());
        }
        RowRange begin = search.begin();
        long first = begin.first() + skip;
        long end = Math.min(search.end(), first + begin.rows() - 1 + limit);
        boolean guess = limit > 0 && first < end && storedBytes(first, end) <= LARGEST_GUESS_BYTES;
        List<Region> regions = new ArrayList<>();
        search.plan(regions);
        if (guess) {
            regions.addAll(regions(first, end));
        }
        StoreRanges ranges = StoreRanges.fetch(file, regions);
        RowRange run = search.run(ranges);
        long from = run.first() + skip;
        long to = Math.min(from + limit, run.first() + run.rows());
        if (from >= to) {
            return new DomainStart(run, List.of());
        }
        boolean fetched = guess && first <= from && to <= end;
        return new DomainStart(run, fetched ? rows(from, to, ranges) : rows(from, to));
    }

    /** What has to be read for the rows. */
    StoreRanges fetch(long first, long end) throws IOException {
        return StoreRanges.fetch(file, regions(first, end));
    }

    /** How many bytes that is in the file. */
    long storedBytes(long first, long end) {
        return regions(first, end).stream().mapToLong(Region::bytes).sum();
    }

    private List<Region> regions(long first, long end) {
        List<Region> regions = new ArrayList<>();
        for (ColumnDecoder column : columns) {
            column.plan(first, end, regions);
        }
        return regions;
    }

    /** The rows from what was fetched for them, or for more. */
    List<UrlRow> rows(long first, long end, StoreRanges ranges) throws IOException {
        String[] scheme = schemes.texts(first, end, ranges);
        String[] host = hosts.texts(first, end, ranges);
        String[] domain = domains.texts(first, end, ranges);
        String[] path = paths.deltaStrings(first, end, ranges);
        long[] ts = timestamps.numbers(first, end, UrlRow.NO_TS, ranges);
        List<List<String>> names = extraKeys.lists(first, end, ranges);
        List<List<String>> values = extraValues.lists(first, end, ranges);

        List<UrlRow> rows = new ArrayList<>(path.length);
        for (int i = 0; i < path.length; i++) {
            rows.add(
                    new UrlRow(
                            domainId(domain[i]),
                            urlId(scheme[i], host[i], path[i]),
                            scheme(scheme[i]),
                            host[i],
                            domain[i],
                            path[i],
                            ts[i],
                            ColumnDecoder.map(names.get(i), values.get(i))));
        }
        return rows;
    }

    private Scheme scheme(String text) throws CorruptUrlFileException {
        for (Scheme scheme : Scheme.values()) {
            if (scheme.text().equals(text)) {
                return scheme;
            }
        }
        throw new CorruptUrlFileException(file.key(), "the unknown scheme " + text, null);
    }

    private long domainId(String domain) {
        if (!domain.equals(lastDomain)) {
            lastDomain = domain;
            lastDomainId = Fingerprint.of(domain);
        }
        return lastDomainId;
    }

    private long urlId(String scheme, String host, String path) {
        int bytes = scheme.length() + 3 + host.length() + path.length();
        if (url.length < bytes) {
            url = Arrays.copyOf(url, bytes * 2);
        }
        int at = put(scheme, 0);
        at = put("://", at);
        at = put(host, at);
        put(path, at);
        return Fingerprint.of(url, 0, bytes);
    }

    private int put(String ascii, int at) {
        byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, url, at, bytes.length);
        return at + bytes.length;
    }
}
