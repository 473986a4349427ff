package dev.whence.merge.rewrite;

import static java.util.Objects.requireNonNull;

import dev.whence.merge.file.FlatPage;
import dev.whence.merge.file.PlainDictionary;
import dev.whence.merge.file.RawPages;
import dev.whence.merge.rows.RowWalk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Changes flat pages where they change. Values that the dictionary does not have are added at its
 * end, so that pages stay numbers that were.
 */
final class PatchedPages implements ChangedPages {
    /** Beyond these the chunk is written anew: its pages are to be cut, or its dictionary left. */
    private static final int LARGEST_PAGE_BYTES = 2 << 20;

    private static final int LARGEST_DICTIONARY_BYTES = 1 << 20;

    private final ColumnDescriptor leaf;
    private final RawPages pages;
    private final FlatPage flat;
    private final PagePatch patch;
    private final PatchStatistics statistics;
    private final PageCompressor compressor;
    private RawPages.@Nullable Page before;
    private @Nullable PlainDictionary dictionary;
    private int dictionaryBytes;
    private int unchanged;

    /**
     * @param inPlace whether each row that is put follows the one that it replaces
     * @param compressor closed with this
     */
    PatchedPages(
            ColumnDescriptor leaf,
            RawPages pages,
            boolean inPlace,
            PageCompressor compressor,
            RowWalk walk) {
        this.leaf = leaf;
        this.pages = pages;
        this.flat = new FlatPage(leaf);
        this.patch = new PagePatch(leaf, flat, inPlace, walk);
        this.statistics = new PatchStatistics(leaf.getPrimitiveType());
        this.compressor = compressor;
    }

    @Override
    public Optional<ChangedPage> begin(int number) throws IOException {
        RawPages.Page page = pages.page(number);
        if (!flat.read(page, pages.plain(page))) {
            return Optional.empty();
        }
        before = page;
        if (flat.usesDictionary()) {
            PlainDictionary known = dictionaryOfChunk();
            flat.requireNumbersBelow(known.count());
            patch.begin(known, null);
        } else {
            statistics.begin(page);
            patch.begin(null, statistics);
        }
        return Optional.of(patch);
    }

    private PlainDictionary dictionaryOfChunk() throws IOException {
        if (dictionary == null) {
            DictionaryPage page =
                    pages.dictionary()
                            .orElseThrow(() -> new IOException("a page without its dictionary"));
            dictionary =
                    new PlainDictionary(
                            leaf.getPrimitiveType(), pages.plain(page), page.getDictionarySize());
            dictionaryBytes = dictionary.length();
        }
        return dictionary;
    }

    @Override
    public Optional<List<RawPages.Page>> end() throws IOException {
        RawPages.Page page = requireNonNull(before);
        patch.end();
        if (!patch.isChanged()) {
            unchanged++;
            return Optional.of(List.of(page));
        }
        if (patch.rows() == 0) {
            return Optional.of(List.of());
        }
        if (flat.usesDictionary()
                && dictionaryOfChunk().grew()
                && dictionaryOfChunk().length()
                        > Math.max(LARGEST_DICTIONARY_BYTES, dictionaryBytes)) {
            return Optional.empty();
        }
        BytesInput plain = patch.bytes();
        int plainBytes = Math.toIntExact(plain.size());
        if (plainBytes > Math.max(LARGEST_PAGE_BYTES, page.plainBytes())) {
            return Optional.empty();
        }
        Statistics<?> known =
                flat.usesDictionary()
                        ? statistics.ofNumbers(patch, dictionaryOfChunk())
                        : statistics.ofPlain(patch);
        return Optional.of(
                List.of(
                        new RawPages.Page(
                                patch.rows(),
                                patch.rows(),
                                plainBytes,
                                compressor.compress(plain, page),
                                known,
                                page.repetitions(),
                                page.definitions(),
                                page.encoding())));
    }

    @Override
    public int unchanged() {
        return unchanged;
    }

    @Override
    public Optional<DictionaryPage> dictionary() throws IOException {
        Optional<DictionaryPage> old = pages.dictionary();
        if (old.isEmpty() || dictionary == null || !dictionary.grew()) {
            return old;
        }
        byte[] values = dictionary.bytes();
        return Optional.of(
                new DictionaryPage(
                        compressor.compress(BytesInput.from(values)),
                        values.length,
                        dictionary.count(),
                        old.get().getEncoding()));
    }

    @Override
    public void close() {
        compressor.close();
    }
}
