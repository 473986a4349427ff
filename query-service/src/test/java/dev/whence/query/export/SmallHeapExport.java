package dev.whence.query.export;

import dev.whence.query.PublishedViews;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.view.View;
import dev.whence.query.view.Visibility;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A process that exports what a directory holds, in every format, and tells how many bytes. */
final class SmallHeapExport {
    private SmallHeapExport() {}

    public static void main(String[] directory) throws Exception {
        try (var published = new PublishedViews(Path.of(directory[0]));
                View view = published.open(Visibility.EVERYTHING)) {
            var exports = new Exports(1, Duration.ofMinutes(10), Duration.ofMinutes(10));
            var list =
                    new UrlListing(
                            exports.pages(),
                            new UrlList("a.example", 0, UrlFilter.NONE),
                            new UrlColumns(List.of("url_id", "url", "ts")));
            for (Format format : Format.values()) {
                var out = new Counted();
                var from = new PlaceCursor(view.number(), PlaceCursor.BEGINNING, 0);
                new Export(view, list, from, Long.MAX_VALUE, false)
                        .writeTo(out, format, Frame.WHOLE);
                System.out.println(format + " " + out.bytes);
            }
        }
    }

    private static final class Counted extends OutputStream {
        private long bytes;

        @Override
        public void write(int octet) {
            bytes++;
        }

        @Override
        public void write(byte[] some, int offset, int length) {
            bytes += length;
        }
    }
}
