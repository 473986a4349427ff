package dev.whence.query.page;

import dev.whence.lake.UrlRow;
import dev.whence.query.listing.UrlPage;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.url.Scheme;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * URLs of a domain in a dataset.
 *
 * @param here the address of the list without filters
 * @param choices the datasets that hold the domain
 * @param first the number of the first URL, from 1; 0 where there is none
 * @param total how many there are; null where a filter leaves that open
 * @param next the address of the next page; null at the end
 * @param downloads where programs get it
 */
public record UrlsPage(
        Frame frame,
        String domain,
        String here,
        String back,
        String dataset,
        String datasetPage,
        List<Choice> choices,
        Filters filters,
        List<Line> lines,
        long first,
        long last,
        @Nullable Long total,
        @Nullable String next,
        List<Link> downloads)
        implements Page {
    /** A longer URL is folded up. */
    private static final int LONGEST_UNFOLDED = 300;

    private static final int HEAD = 160;

    /** A dataset to choose. */
    public record Choice(String id, String name, long urls, boolean chosen) {}

    /** What was filled in. */
    public record Filters(String host, String path, String from, String to) {
        static Filters of(Asked asked) {
            return new Filters(
                    asked.text("host", ""),
                    asked.text("path", ""),
                    asked.text("from", ""),
                    asked.text("to", ""));
        }

        /** Whether anything was. */
        public boolean any() {
            return !(host + path + from + to).isEmpty();
        }
    }

    /**
     * A URL. It is a link only where a browser may go there.
     *
     * @param head how a long one begins; empty for one that is shown whole
     */
    public record Line(String url, boolean link, String head, @Nullable Instant time) {
        static Line of(UrlRow row) {
            String url = row.url();
            return new Line(
                    url,
                    row.scheme() == Scheme.HTTP || row.scheme() == Scheme.HTTPS,
                    url.length() > LONGEST_UNFOLDED ? url.substring(0, HEAD) : "",
                    row.tsMicros() == UrlRow.NO_TS
                            ? null
                            : Instant.EPOCH.plus(row.tsMicros(), ChronoUnit.MICROS));
        }
    }

    /** What a page of a list holds. */
    record Lines(List<Line> lines, long first, long last, @Nullable Long total, UrlPage page) {
        static Lines of(UrlPage page) {
            return new Lines(
                    page.rows().stream().map(Line::of).toList(),
                    page.rows().isEmpty() ? 0 : page.offset() + 1,
                    page.end(),
                    page.total().isPresent() ? page.total().getAsLong() : null,
                    page);
        }
    }

    static List<Choice> choices(List<Holding> holdings, int chosen) {
        return holdings.stream()
                .map(each ->
                        new Choice(
                                Integer.toUnsignedString(each.datasetId()),
                                each.name(),
                                each.urls(),
                                each.datasetId() == chosen))
                .toList();
    }
}
