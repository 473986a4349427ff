package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.file.ColumnRows;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.RawPages;
import dev.whence.merge.rows.RowWalk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.filter2.columnindex.RowRanges;

/**
 * Runs a splice over one column whose pages are mostly left alone: those are copied as they are
 * stored, dictionary and all, and only pages with a row that changes are encoded anew. Used once.
 */
final class PageSplice {
    /** Where more rows than one in so many lie in pages that change, the chunk is written anew. */
    private static final int LEAST_KEPT_SHARE = 2;

    private final Splice splice;
    private final RawPages pages;
    private final BitSet changed;
    private int step;
    private int doneOfStep;

    private PageSplice(Splice splice, RawPages pages, BitSet changed) {
        this.splice = splice;
        this.pages = pages;
        this.changed = changed;
    }

    /**
     * What a new chunk consists of.
     *
     * @param copiedBytes of the pages that are as they were
     */
    record Chunk(Optional<DictionaryPage> dictionary, List<RawPages.Page> pages, long copiedBytes) {
        long values() {
            return pages.stream().mapToLong(RawPages.Page::values).sum();
        }
    }

    /**
     * Empty if too many pages change, or one that the dictionary encodes: a page without it would
     * come before others with it, which no writer does, and Spark's reader takes the values of the
     * first for numbers of the dictionary then.
     */
    static Optional<PageSplice> of(Splice splice, RawPages pages, long rows) throws IOException {
        BitSet changed = changed(splice, pages);
        long rowsChanged =
                changed.stream().mapToLong(page -> pages.endRow(page) - pages.firstRow(page)).sum();
        if (rowsChanged * LEAST_KEPT_SHARE > rows) {
            return Optional.empty();
        }
        for (int page = changed.nextSetBit(0); page >= 0; page = changed.nextSetBit(page + 1)) {
            if (pages.page(page).encoding().usesDictionary()) {
                return Optional.empty();
            }
        }
        return Optional.of(new PageSplice(splice, pages, changed));
    }

    /** Puts the new chunk together; rows of the source are taken from the walk. */
    Chunk run(ParquetInput input, int group, ColumnDescriptor leaf, ChunkStyle style, RowWalk walk)
            throws IOException {
        ColumnRows rows = input.columns(group, List.of(leaf), rowsOfChangedPages());
        KeptRows kept = KeptRows.Same.of(rows.reader(0));
        List<RawPages.Page> written = new ArrayList<>();
        long copiedBytes = 0;
        try (PageEncoder encoder = new PageEncoder(leaf, input.schema(), style)) {
            for (int page = 0; page < pages.count(); page++) {
                long pageRows = pages.endRow(page) - pages.firstRow(page);
                if (changed.get(page)) {
                    encoder.begin();
                    encode(pageRows, kept, walk, encoder);
                    written.addAll(encoder.end());
                } else {
                    pass(pageRows);
                    RawPages.Page same = pages.page(page);
                    copiedBytes += same.body().size();
                    written.add(same);
                }
            }
        }
        return new Chunk(pages.dictionary(), written, copiedBytes);
    }

    private void encode(long pageRows, KeptRows kept, RowWalk walk, PageEncoder encoder) {
        long left = pageRows;
        while (step < splice.steps() && (left > 0 || splice.kind(step) == Splice.Kind.PUT)) {
            switch (splice.kind(step)) {
                case PUT -> {
                    walk.write(splice.number(step), encoder.column());
                    encoder.endRow();
                    step++;
                }
                case KEEP -> {
                    int some = some(left);
                    for (int i = 0; i < some; i++) {
                        kept.copyRow(encoder.column());
                        encoder.endRow();
                    }
                    left -= advance(some);
                }
                case SKIP -> {
                    int some = some(left);
                    for (int i = 0; i < some; i++) {
                        kept.skipRow();
                    }
                    left -= advance(some);
                }
            }
        }
    }

    /** Leaves a page behind, of which all rows are kept. */
    private void pass(long pageRows) {
        for (long left = pageRows; left > 0; ) {
            left -= advance(some(left));
        }
    }

    private int some(long left) {
        return (int) Math.min(left, splice.number(step) - doneOfStep);
    }

    private int advance(int some) {
        doneOfStep += some;
        if (doneOfStep == splice.number(step)) {
            step++;
            doneOfStep = 0;
        }
        return some;
    }

    private RowRanges rowsOfChangedPages() {
        RowRanges.Builder ranges = RowRanges.builder();
        changed.stream()
                .forEach(page ->
                        ranges.addSelectedRange(pages.firstRow(page), pages.endRow(page) - 1));
        return ranges.build();
    }

    /** A row that is put between two pages goes to the first of them. */
    private static BitSet changed(Splice splice, RawPages pages) {
        BitSet changed = new BitSet(pages.count());
        long row = 0;
        int page = 0;
        for (int step = 0; step < splice.steps(); step++) {
            switch (splice.kind(step)) {
                case KEEP -> row += splice.number(step);
                case SKIP -> {
                    page = pageOf(row, page, pages);
                    row += splice.number(step);
                    int last = pageOf(row - 1, page, pages);
                    changed.set(page, last + 1);
                    page = last;
                }
                case PUT -> {
                    page = pageOf(Math.max(0, row - 1), page, pages);
                    changed.set(page);
                }
            }
        }
        return changed;
    }

    private static int pageOf(long row, int from, RawPages pages) {
        int page = from;
        while (page + 1 < pages.count() && pages.endRow(page) <= row) {
            page++;
        }
        return page;
    }
}
