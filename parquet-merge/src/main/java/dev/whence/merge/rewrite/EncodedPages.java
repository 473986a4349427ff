package dev.whence.merge.rewrite;

import dev.whence.merge.ChunkStyle;
import dev.whence.merge.file.ParquetInput;
import dev.whence.merge.file.RawPages;
import dev.whence.merge.rows.RowWalk;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.filter2.columnindex.RowRanges;

/** Decodes the rows of pages of any encoding and encodes them anew, without a dictionary. */
final class EncodedPages implements ChangedPages {
    private final RawPages pages;
    private final KeptRows kept;
    private final RowWalk walk;
    private final PageEncoder encoder;

    /**
     * @param rows of all pages that will be asked for
     */
    EncodedPages(
            ParquetInput input,
            int group,
            ColumnDescriptor leaf,
            RawPages pages,
            RowRanges rows,
            ChunkStyle style,
            RowWalk walk)
            throws IOException {
        this.pages = pages;
        this.kept = KeptRows.Same.of(input.columns(group, List.of(leaf), rows).reader(0));
        this.walk = walk;
        this.encoder = new PageEncoder(leaf, input.schema(), style);
    }

    @Override
    public Optional<ChangedPage> begin(int page) {
        encoder.begin();
        return Optional.of(
                new ChangedPage() {
                    @Override
                    public void keep(int n) {
                        for (int i = 0; i < n; i++) {
                            kept.copyRow(encoder.column());
                            encoder.endRow();
                        }
                    }

                    @Override
                    public void skip(int n) {
                        for (int i = 0; i < n; i++) {
                            kept.skipRow();
                        }
                    }

                    @Override
                    public void put(int n) {
                        walk.write(n, encoder.column());
                        encoder.endRow();
                    }
                });
    }

    @Override
    public Optional<List<RawPages.Page>> end() {
        return Optional.of(encoder.end());
    }

    @Override
    public int unchanged() {
        return 0;
    }

    @Override
    public Optional<DictionaryPage> dictionary() throws IOException {
        return pages.dictionary();
    }

    @Override
    public void close() {
        encoder.close();
    }
}
