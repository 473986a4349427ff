package dev.whence.lake;

import static java.util.Objects.requireNonNull;

import dev.whence.parquet.FooterSeal;
import dev.whence.parquet.ObjectBytes;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import org.apache.parquet.format.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * A URL file in the store, opened by its footer. Holds no connection, only the footer, the indexes
 * it has read, and a small file whole; thread-safe. Every page read is checked by its CRC, footer
 * and indexes by their seal; what is wrong comes as {@link CorruptUrlFileException}, and is not
 * kept: the next read asks the store again.
 */
public final class UrlFile {
    /** What open files cost beside the bytes that they keep: objects made of footer and indexes. */
    private static final int PARSED_FACTOR = 12;

    private final String key;
    private final long bytes;
    private final ObjectBytes file;

    /** As it was opened: whoever reckons with it may do so again when it was let go. */
    private final int heldTailBytes;

    private final FileFooter footer;
    private final List<RowGroupSummary> rowGroups;
    private final ConcurrentMap<PlaceOfPages, ColumnPages> pages = new ConcurrentHashMap<>();
    private volatile byte @Nullable [] indexes;

    private record PlaceOfPages(int rowGroup, String column) {}

    private UrlFile(long bytes, ObjectBytes file, FileFooter footer, byte @Nullable [] indexes)
            throws IOException {
        this.key = file.key();
        this.bytes = bytes;
        this.file = file;
        this.heldTailBytes = file.tailBytes();
        this.footer = footer;
        this.indexes = indexes;
        this.rowGroups = summarize();
    }

    /** Reads the footer and checks the schema. */
    public static UrlFile open(ObjectStore store, String key) throws IOException {
        return open(store, key, store.head(key).bytes());
    }

    /**
     * The same for an object whose length is known, which saves a request.
     *
     * @param bytes the object's length
     */
    public static UrlFile open(ObjectStore store, String key, long bytes) throws IOException {
        FileFooter.Found found = FileFooter.read(store, key, bytes);
        FileFooter footer = found.footer();
        ObjectBytes end = found.file();
        return new UrlFile(
                bytes,
                end.tailBytes() == bytes ? end : new ObjectBytes(store, key),
                footer,
                end.holds(FooterSeal.indexes(footer.metadata())) ? footer.readIndexes(end) : null);
    }

    /**
     * The same for an object whose {@link #tail} is known, without a request.
     *
     * @throws CorruptUrlFileException if it is no tail, or that of another file
     */
    public static UrlFile open(ObjectStore store, String key, long bytes, byte[] tail)
            throws IOException {
        UrlFileTail known = UrlFileTail.decode(key, bytes, tail);
        return new UrlFile(bytes, new ObjectBytes(store, key), known.footer(), known.indexes());
    }

    /**
     * What {@link #open(ObjectStore, String, long, byte[])} wants to know instead of reading the
     * object's end, some {@value UrlFileTail#LARGEST_BYTES} bytes at most. Empty for a file that is
     * read whole with its end, where it would save nothing, and for one whose tail would be larger.
     */
    public Optional<byte[]> tail() throws IOException {
        return bytes <= FileFooter.TAIL_BYTES
                ? Optional.empty()
                : UrlFileTail.encode(bytes, footer, loadIndexes());
    }

    /** Whether these bytes are this file's tail, however they were compressed. */
    public boolean isTail(byte[] tail) throws IOException {
        return UrlFileTail.isOf(key, tail, bytes, footer, loadIndexes());
    }

    public String key() {
        return key;
    }

    public long rows() {
        return footer.metadata().getNum_rows();
    }

    /** About how much memory it holds while it is open, the page indexes included. */
    public long heldBytes() {
        long indexBytes = FooterSeal.indexes(footer.metadata()).bytes();
        return heldTailBytes + PARSED_FACTOR * (footer.footerBytes() + indexBytes);
    }

    /** Under which rules its URLs were brought into their form and cut into domains. */
    public UrlProfile profile() {
        return footer.profile();
    }

    /** The row groups in order, from the statistics of the footer. */
    public List<RowGroupSummary> rowGroups() {
        return rowGroups;
    }

    /** All domain runs in order; reads only the domain column. */
    public void domainRuns(Consumer<DomainRun> visitor) throws IOException {
        for (int rowGroup = 0; rowGroup < rowGroups.size(); rowGroup++) {
            domainColumn(rowGroup).runs(visitor);
        }
    }

    /**
     * Where a domain's run lies in a row group, or {@link RowRange#EMPTY}; reads only the domain's
     * own pages.
     */
    public RowRange locate(int rowGroup, String domain) throws IOException {
        RowGroupSummary bounds = rowGroups.get(rowGroup);
        if (domain.compareTo(bounds.firstDomain()) < 0
                || domain.compareTo(bounds.lastDomain()) > 0) {
            return RowRange.EMPTY;
        }
        return domainColumn(rowGroup).locate(domain);
    }

    /**
     * What {@link #locate} and {@link #read} give one after the other, in one round trip to the
     * store where that can be: the page indexes say between which pages the run begins, and what it
     * begins with is read together with them.
     */
    public DomainStart start(int rowGroup, String domain, long skip, int limit) throws IOException {
        RowGroupSummary bounds = rowGroups.get(rowGroup);
        return domain.compareTo(bounds.firstDomain()) < 0
                        || domain.compareTo(bounds.lastDomain()) > 0
                ? new DomainStart(RowRange.EMPTY, List.of())
                : rowGroupReader(rowGroup).start(domain, skip, limit);
    }

    /**
     * The rows {@code [range.first + skip, …)} of the range, at most {@code limit}; reads only the
     * pages that hold them. {@code domainId} and {@code urlId} are computed from the strings.
     *
     * @throws IndexOutOfBoundsException if the range is not in the row group
     */
    public List<UrlRow> read(int rowGroup, RowRange range, long skip, int limit)
            throws IOException {
        Objects.checkFromIndexSize(range.first(), range.rows(), rowGroups.get(rowGroup).rows());
        if (skip < 0 || limit < 0) {
            throw new IllegalArgumentException("skip %d, limit %d".formatted(skip, limit));
        }
        long count = Math.min(limit, Math.max(0, range.rows() - skip));
        if (count == 0) {
            return List.of();
        }
        long first = range.first() + skip;
        return rowGroupReader(rowGroup).rows(first, first + count);
    }

    /**
     * Looks rows up by their keys in a run that is not empty.
     *
     * @throws IndexOutOfBoundsException if the run is not in the row group
     */
    public RunSearch search(int rowGroup, RowRange run) throws IOException {
        Objects.checkFromIndexSize(run.first(), run.rows(), rowGroups.get(rowGroup).rows());
        loadIndexes();
        try {
            return new RunSearch(file, run, column -> pages(rowGroup, column));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** All rows of the given domains in order, over all row groups. */
    public RowCursor rowsOf(NavigableSet<String> domains) throws IOException {
        return select(domains).open(RowSelection.BATCH_BYTES);
    }

    /** All rows of the file in order. */
    public RowCursor allRows() throws IOException {
        List<RowSelection.Part> parts = new ArrayList<>();
        for (int rowGroup = 0; rowGroup < rowGroups.size(); rowGroup++) {
            parts.add(part(rowGroup, new RowRange(0, rowGroups.get(rowGroup).rows())));
        }
        return new RowSelection(this, parts, domain -> true).open(RowSelection.BATCH_BYTES);
    }

    /**
     * The rows of the given domains, to be read when they are opened: only from pages that can hold
     * one of them. Reads the page indexes, if that was not done before, and no page.
     */
    public RowSelection select(NavigableSet<String> domains) throws IOException {
        List<RowSelection.Part> parts = new ArrayList<>();
        for (int rowGroup = 0; rowGroup < rowGroups.size(); rowGroup++) {
            RowGroupSummary bounds = rowGroups.get(rowGroup);
            String next = domains.ceiling(bounds.firstDomain());
            if (next != null && next.compareTo(bounds.lastDomain()) <= 0) {
                for (RowRange range : domainColumn(rowGroup).candidates(domains)) {
                    parts.add(part(rowGroup, range));
                }
            }
        }
        return new RowSelection(this, parts, domains::contains);
    }

    private RowSelection.Part part(int rowGroup, RowRange range) throws IOException {
        loadIndexes();
        try {
            return new RowSelection.Part(
                    rowGroup, range, DecodedSize.of(column -> pages(rowGroup, column)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    RowGroupReader rowGroupReader(int rowGroup) throws IOException {
        loadIndexes();
        try {
            return new RowGroupReader(file, rowGroup, column -> pages(rowGroup, column));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private DomainColumn domainColumn(int rowGroup) throws IOException {
        loadIndexes();
        try {
            return new DomainColumn(
                    file, rowGroup, new ColumnDecoder(file, pages(rowGroup, UrlSchema.DOMAIN)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private byte[] loadIndexes() throws IOException {
        byte[] known = indexes;
        if (known == null) {
            known = footer.readIndexes(file);
            indexes = known;
        }
        return known;
    }

    private ColumnPages pages(int rowGroup, String column) {
        return pages.computeIfAbsent(new PlaceOfPages(rowGroup, column), this::parse);
    }

    private ColumnPages parse(PlaceOfPages place) {
        try {
            return ColumnPages.parse(
                    place.column(),
                    footer.chunk(place.rowGroup(), place.column()),
                    footer.rowGroups().get(place.rowGroup()).getNum_rows(),
                    loadIndexes(),
                    FooterSeal.indexes(footer.metadata()).offset(),
                    bytes);
        } catch (ObjectStoreException | CorruptUrlFileException e) {
            throw new UncheckedIOException(e);
        } catch (IOException | RuntimeException e) {
            throw new UncheckedIOException(
                    new CorruptUrlFileException(
                            key, "column %s: %s".formatted(place.column(), e.getMessage()), e));
        }
    }

    private List<RowGroupSummary> summarize() throws IOException {
        List<RowGroupSummary> summaries = new ArrayList<>();
        for (int i = 0; i < footer.rowGroups().size(); i++) {
            long rows = footer.rowGroups().get(i).getNum_rows();
            Statistics bounds =
                    requireNonNull(footer.chunk(i, UrlSchema.DOMAIN).getMeta_data())
                            .getStatistics();
            byte[] min = bounds == null ? null : bounds.getMin_value();
            byte[] max = bounds == null ? null : bounds.getMax_value();
            if (min != null && max != null && isExact(min) && isExact(max)) {
                summaries.add(new RowGroupSummary(rows, text(min), text(max)));
            } else {
                summaries.add(summaryFromRuns(i, rows));
            }
        }
        return List.copyOf(summaries);
    }

    /** A host without a registrable domain can be longer than what statistics hold whole. */
    private RowGroupSummary summaryFromRuns(int rowGroup, long rows) throws IOException {
        List<String> domains = new ArrayList<>();
        domainColumn(rowGroup).runs(run -> domains.add(run.domain()));
        return new RowGroupSummary(rows, domains.getFirst(), domains.getLast());
    }

    private static boolean isExact(byte[] bound) {
        return bound.length < UrlFileForm.STATISTICS_BYTES;
    }

    private static String text(byte[] ascii) {
        return new String(ascii, StandardCharsets.ISO_8859_1);
    }
}
