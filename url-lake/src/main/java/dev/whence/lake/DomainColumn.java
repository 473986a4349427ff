package dev.whence.lake;

import dev.whence.parquet.FooterSeal.Region;
import dev.whence.parquet.ObjectBytes;
import dev.whence.parquet.StoreRanges;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.function.Consumer;

/**
 * What the domain column of one row group tells: its runs, and where a domain lies. The column is
 * sorted, so its dictionary is too.
 */
final class DomainColumn {
    private final ObjectBytes file;
    private final int rowGroup;
    private final ColumnPages pages;
    private final ColumnDecoder decoder;

    DomainColumn(ObjectBytes file, int rowGroup, ColumnDecoder decoder) {
        this.file = file;
        this.rowGroup = rowGroup;
        this.pages = decoder.pages();
        this.decoder = decoder;
    }

    void runs(Consumer<DomainRun> visitor) throws IOException {
        List<Region> regions = new ArrayList<>();
        decoder.plan(0, pages.rows(), regions);
        StoreRanges ranges = StoreRanges.fetch(file, regions);
        Run run = new Run();
        for (int page = 0; page < pages.count(); page++) {
            String constant = pages.constant(page);
            if (constant != null) {
                run.add(constant, pages.endRow(page) - pages.firstRow(page), visitor);
                continue;
            }
            forEachRun(
                    page,
                    ranges,
                    (entry, first, end) -> {
                        // Bit-packed neighbours come one by one; only the first makes a string.
                        if (entry != run.entry) {
                            run.add(decoder.dictionary(ranges).text(entry), end - first, visitor);
                            run.entry = entry;
                        } else {
                            run.rows += end - first;
                        }
                    });
            run.entry = -1;
        }
        run.end(visitor);
    }

    /** A run that grows over pages. */
    private final class Run {
        private String domain = "";
        private long rows;
        private int entry = -1;

        void add(String next, long count, Consumer<DomainRun> visitor) {
            if (!next.equals(domain)) {
                end(visitor);
                domain = next;
                rows = 0;
            }
            rows += count;
        }

        void end(Consumer<DomainRun> visitor) {
            if (rows > 0) {
                visitor.accept(new DomainRun(rowGroup, domain, rows));
            }
        }
    }

    RowRange locate(String domain) throws IOException {
        Search search = search(domain);
        List<Region> regions = new ArrayList<>();
        search.plan(regions);
        return search.run(StoreRanges.fetch(file, regions));
    }

    /** The pages that can hold a domain. */
    Search search(String domain) {
        byte[] wanted = domain.getBytes(StandardCharsets.UTF_8);
        int from = 0;
        while (from < pages.count() && Arrays.compareUnsigned(pages.max(from), wanted) < 0) {
            from++;
        }
        int to = from;
        while (to < pages.count() && Arrays.compareUnsigned(pages.min(to), wanted) <= 0) {
            to++;
        }
        return new Search(domain, wanted, from, to);
    }

    /** A domain that is looked for in the pages {@code [from, to)}. */
    final class Search {
        private final String domain;
        private final byte[] wanted;
        private final int from;
        private final int to;

        private Search(String domain, byte[] wanted, int from, int to) {
            this.domain = domain;
            this.wanted = wanted;
            this.from = from;
            this.to = to;
        }

        boolean isEmpty() {
            return from == to;
        }

        /** The first row with which its run can begin, and the row behind the last. */
        RowRange begin() {
            long first = pages.firstRow(from);
            return new RowRange(first, pages.endRow(from) - first);
        }

        /** The row behind the last that can be its own. */
        long end() {
            return pages.endRow(to - 1);
        }

        /** Adds what must be fetched to find its run. */
        void plan(List<Region> regions) {
            for (int page = from; page < to; page++) {
                decoder.plan(pages.firstRow(page), pages.endRow(page), regions);
            }
        }

        /** The run, from what was fetched. */
        RowRange run(StoreRanges ranges) throws IOException {
            Located located = new Located();
            for (int page = from; page < to; page++) {
                String constant = pages.constant(page);
                if (constant != null) {
                    if (constant.equals(domain)) {
                        located.add(pages.firstRow(page), pages.endRow(page));
                    }
                    continue;
                }
                int wantedEntry = decoder.dictionary(ranges).find(wanted);
                if (wantedEntry < 0) {
                    return RowRange.EMPTY;
                }
                forEachRun(
                        page,
                        ranges,
                        (entry, first, end) -> {
                            if (entry == wantedEntry) {
                                located.add(first, end);
                            }
                        });
            }
            return located.rows == 0 ? RowRange.EMPTY : new RowRange(located.first, located.rows);
        }
    }

    private static final class Located {
        private long first;
        private long rows;

        void add(long from, long end) {
            if (rows == 0) {
                first = from;
            }
            rows += end - from;
        }
    }

    /** The ranges of rows whose pages can hold one of the domains, in order and apart. */
    List<RowRange> candidates(NavigableSet<String> domains) {
        List<RowRange> ranges = new ArrayList<>();
        for (int page = 0; page < pages.count(); page++) {
            String next = domains.ceiling(new String(pages.min(page), StandardCharsets.ISO_8859_1));
            String max = new String(pages.max(page), StandardCharsets.ISO_8859_1);
            if (next == null || next.compareTo(max) > 0) {
                continue;
            }
            long first = pages.firstRow(page);
            long rows = pages.endRow(page) - first;
            RowRange last = ranges.isEmpty() ? RowRange.EMPTY : ranges.getLast();
            if (!ranges.isEmpty() && last.first() + last.rows() == first) {
                ranges.set(ranges.size() - 1, new RowRange(last.first(), last.rows() + rows));
            } else {
                ranges.add(new RowRange(first, rows));
            }
        }
        return ranges;
    }

    private void forEachRun(int page, StoreRanges ranges, ColumnDecoder.RunVisitor visitor)
            throws IOException {
        try {
            decoder.forEachRun(page, ranges, visitor);
        } catch (CorruptUrlFileException e) {
            throw e;
        } catch (IOException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | BufferUnderflowException e) {
            throw decoder.corrupt("page %d at byte %d".formatted(page, pages.offset(page)), e);
        }
    }
}
