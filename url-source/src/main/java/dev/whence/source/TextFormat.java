package dev.whence.source;

import java.util.Map;

/** The line is the URL. */
final class TextFormat implements LineFormat {

    @Override
    public Content read(LineReader line, FoundUrl url) {
        url.set(line.bytes(), line.from(), line.to(), UrlSource.NO_TS, Map.of());
        return Content.URL;
    }
}
