package dev.whence.source;

import java.io.IOException;

/** A source of at most one URL a line. */
final class LineSource implements UrlSource {
    private final LineReader lines;
    private final LineFormat format;
    private final FoundUrl url = new FoundUrl();
    private Skipped skipped = Skipped.NONE;

    LineSource(LineReader lines, LineFormat format) {
        this.lines = lines;
        this.format = format;
    }

    @Override
    public boolean next() throws IOException {
        while (lines.next()) {
            if (lines.blank()) {
                continue;
            }
            switch (format.read(lines, url)) {
                case URL -> {
                    return true;
                }
                case ROW_WITHOUT_URL -> skipped = skipped.and(lines::place);
                case NO_ROW -> {}
            }
        }
        format.end(lines);
        return false;
    }

    @Override
    public FoundUrl found() {
        return url;
    }

    @Override
    public Skipped skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
