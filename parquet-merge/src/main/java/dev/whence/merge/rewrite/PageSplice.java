package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
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
 * Runs a splice over one column, page by page: pages of which all rows stay are copied as they are
 * stored, the others patched ({@link PatchedPages}) or, where most pages stay, encoded anew ({@link
 * EncodedPages}).
 */
final class PageSplice {
    /** Where more rows than one in so many lie in pages that change, the chunk is written anew. */
    private static final int LEAST_KEPT_SHARE = 2;

    private final Splice splice;
    private final RawPages pages;
    private final BitSet changed;
    private int step;
    private int doneOfStep;

    PageSplice(Splice splice, RawPages pages) {
        this.splice = splice;
        this.pages = pages;
        this.changed = changed(splice, pages);
    }

    /**
     * What a new chunk consists of.
     *
     * @param copiedBytes of the pages that are as they were
     * @param changed whether any page is not
     */
    record Chunk(
            Optional<DictionaryPage> dictionary,
            List<RawPages.Page> pages,
            long copiedBytes,
            boolean changed) {
        long values() {
            return pages.stream().mapToLong(RawPages.Page::values).sum();
        }
    }

    /**
     * Puts the new chunk together by patching pages, all of them flat; empty if that cannot be
     * done.
     */
    Optional<Chunk> patched(
            ColumnDescriptor leaf, ChunkStyle style, PageLevels levels, RowWalk walk)
            throws IOException {
        try (var patched =
                new PatchedPages(
                        leaf,
                        pages,
                        splice.isInPlace(),
                        new PageCompressor(leaf, style, levels),
                        walk)) {
            return run(patched);
        }
    }

    /**
     * Puts the new chunk together by encoding pages. Empty if too many change, or one that the
     * dictionary encodes: a page without it would come before others with it, which no writer does,
     * and Spark's reader takes the values of the first for numbers of the dictionary then.
     *
     * @param rows of the old row group
     */
    Optional<Chunk> encoded(
            ParquetInput input,
            int group,
            long rows,
            ColumnDescriptor leaf,
            ChunkStyle style,
            RowWalk walk)
            throws IOException {
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
        try (var encoded =
                new EncodedPages(input, group, leaf, pages, rowsOfChangedPages(), style, walk)) {
            return run(encoded);
        }
    }

    private Optional<Chunk> run(ChangedPages changedPages) throws IOException {
        step = 0;
        doneOfStep = 0;
        List<RawPages.Page> written = new ArrayList<>();
        long copiedBytes = 0;
        for (int page = 0; page < pages.count(); page++) {
            long pageRows = pages.endRow(page) - pages.firstRow(page);
            pages.hold(page, _ -> true);
            if (changed.get(page)) {
                int unchanged = changedPages.unchanged();
                Optional<ChangedPage> rows = changedPages.begin(page);
                if (rows.isEmpty()) {
                    return Optional.empty();
                }
                change(pageRows, rows.get());
                Optional<List<RawPages.Page>> made = changedPages.end();
                if (made.isEmpty()) {
                    return Optional.empty();
                }
                written.addAll(made.get());
                if (changedPages.unchanged() > unchanged) {
                    copiedBytes += made.get().getFirst().body().size();
                }
            } else {
                pass(pageRows);
                RawPages.Page same = pages.page(page);
                copiedBytes += same.body().size();
                written.add(same);
            }
        }
        return Optional.of(
                new Chunk(
                        changedPages.dictionary(),
                        written,
                        copiedBytes,
                        changedPages.unchanged() < changed.cardinality()));
    }

    private void change(long pageRows, ChangedPage rows) {
        long left = pageRows;
        while (step < splice.steps() && (left > 0 || splice.kind(step) == Splice.Kind.PUT)) {
            switch (splice.kind(step)) {
                case PUT -> {
                    rows.put(splice.number(step));
                    step++;
                }
                case KEEP -> {
                    int some = some(left);
                    rows.keep(some);
                    left -= advance(some);
                }
                case SKIP -> {
                    int some = some(left);
                    rows.skip(some);
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
