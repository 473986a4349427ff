package dev.whence.query.cdx;

import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlKey;
import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import dev.whence.query.lake.SideBySide;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.query.view.DomainUrls;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeMap;

/**
 * The rows of a group of hosts in all datasets, merged from their files by key, and by time within
 * a key. Not thread-safe.
 */
final class SortedRows {
    /** Files that are merged at once. */
    private static final int MOST_FILES = 4_000;

    /** Rows in memory beside those of one key, about. */
    private static final int MOST_ROWS = 64_000;

    private static final int MOST_ROWS_OF_A_FILE = 4_000;

    /** Rows of one key, which are sorted in memory. */
    private static final int MOST_OF_A_KEY = 200_000;

    private static final int ABREAST = 16;

    /** A host in a file of a dataset. */
    private record Part(
            int number, DomainUrls urls, String dataset, List<Posting> postings, UrlRange range) {}

    private final PriorityQueue<FileRows> heads =
            new PriorityQueue<>(
                    Comparator.comparing(FileRows::path).thenComparingInt(FileRows::number));
    private final Queue<CdxRow> ofOneKey = new ArrayDeque<>();

    private SortedRows() {}

    /**
     * Stands at the first row.
     *
     * @param fromPath only rows of this path and those above it
     */
    static SortedRows open(View view, CdxScope scope, HostGroup group, String fromPath)
            throws QueryException, IOException {
        List<Part> parts = parts(view, scope, group, fromPath);
        int atOnce = Math.clamp(MOST_ROWS / Math.max(1, parts.size()), 16, MOST_ROWS_OF_A_FILE);
        var rows = new SortedRows();
        for (FileRows each :
                SideBySide.look(
                        parts,
                        ABREAST,
                        part ->
                                FileRows.open(
                                        part.number(),
                                        group.key(),
                                        part.urls(),
                                        part.dataset(),
                                        part.postings(),
                                        part.range(),
                                        atOnce))) {
            if (!each.isAtEnd()) {
                rows.heads.add(each);
            }
        }
        return rows;
    }

    /** How many rows a group has, without reading any. */
    static long count(View view, CdxScope scope, HostGroup group)
            throws QueryException, IOException {
        if (group.rows().isPresent()) {
            return group.rows().getAsLong();
        }
        List<Long> counts =
                SideBySide.look(
                        parts(view, scope, group, ""),
                        ABREAST,
                        part -> {
                            long rows = 0;
                            for (Posting posting : part.postings()) {
                                rows +=
                                        part.urls().rows(posting, part.range()).stream()
                                                .mapToLong(RowRange::rows)
                                                .sum();
                            }
                            return rows;
                        });
        return counts.stream().mapToLong(Long::longValue).sum();
    }

    /** The next row; empty at the end. */
    Optional<CdxRow> next() throws QueryException, IOException {
        if (ofOneKey.isEmpty() && !heads.isEmpty()) {
            readKey();
        }
        return Optional.ofNullable(ofOneKey.poll());
    }

    private void readKey() throws QueryException, IOException {
        String path = heads.element().path();
        List<CdxRow> rows = new ArrayList<>();
        while (!heads.isEmpty() && heads.element().path().equals(path)) {
            FileRows head = heads.remove();
            while (!head.isAtEnd() && head.path().equals(path)) {
                rows.add(head.take());
                if (rows.size() > MOST_OF_A_KEY) {
                    throw new QueryException.TooMuch(
                            "One URL stands in more than %,d rows; ask for one dataset."
                                    .formatted(MOST_OF_A_KEY));
                }
            }
            if (!head.isAtEnd()) {
                heads.add(head);
            }
        }
        rows.sort(CdxRow.WITHIN_KEY);
        ofOneKey.addAll(rows);
    }

    private static List<Part> parts(View view, CdxScope scope, HostGroup group, String fromPath)
            throws QueryException, IOException {
        List<Part> parts = new ArrayList<>();
        for (Holding holding : scope.holdings(view)) {
            DomainUrls urls = view.urls(scope.domain(), holding.datasetId());
            var files = new TreeMap<Long, List<Posting>>();
            for (Posting posting : urls.postings()) {
                files.computeIfAbsent(posting.file().fileId(), id -> new ArrayList<>())
                        .add(posting);
            }
            for (String host : group.hosts()) {
                UrlRange range = scope.range(host);
                UrlKey from = new UrlKey(host, fromPath, "");
                UrlRange ahead =
                        from.compareTo(range.from()) > 0 ? new UrlRange(from, range.to()) : range;
                files.values()
                        .forEach(each ->
                                parts.add(
                                        new Part(parts.size(), urls, holding.name(), each, ahead)));
            }
            if (parts.size() > MOST_FILES) {
                throw new QueryException.TooMuch(
                        "%s lies in more than %,d files; ask for one dataset at a time."
                                .formatted(scope.domain(), MOST_FILES));
            }
        }
        return parts;
    }
}
