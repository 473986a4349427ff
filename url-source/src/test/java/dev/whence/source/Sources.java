package dev.whence.source;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** What tests of every format need: a source read whole, bytes packed, the shared samples. */
final class Sources {
    record Found(String url, long tsMicros, Map<String, String> extras) {}

    private Sources() {}

    static List<Found> read(SourceFormat format, String content) throws IOException {
        return read(format, content.getBytes(StandardCharsets.UTF_8));
    }

    static List<Found> read(SourceFormat format, byte[] content) throws IOException {
        return readAll(
                UrlSources.open(
                        "sample",
                        new ByteArrayInputStream(content),
                        format,
                        UrlSources.DEFAULT_URL_COLUMN));
    }

    static List<String> urls(SourceFormat format, String content) throws IOException {
        return read(format, content).stream().map(Found::url).toList();
    }

    static List<Found> readAll(UrlSource opened) throws IOException {
        var all = new ArrayList<Found>();
        try (UrlSource source = opened) {
            while (source.next()) {
                all.add(
                        new Found(
                                new String(
                                        source.found().bytes(),
                                        source.found().from(),
                                        source.found().to() - source.found().from(),
                                        StandardCharsets.UTF_8),
                                source.found().tsMicros(),
                                source.found().extras()));
            }
        }
        return all;
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(plain);
        }
        return packed.toByteArray();
    }

    static byte[] join(byte[]... parts) {
        var joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    static Path shared(String path) {
        Path file = Path.of(System.getProperty("whence.root"), "..", "shared").resolve(path);
        assumeThat(Files.exists(file)).as("the shared sample " + path + " is there").isTrue();
        return file;
    }
}
