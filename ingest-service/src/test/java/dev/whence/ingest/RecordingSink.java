package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.url.Rejection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Keeps what a reader of batches passes on. */
final class RecordingSink implements UrlSink {
    record Row(String url, long tsMicros, Map<String, String> extras) {}

    record Reject(Rejection reason, String begin) {}

    final List<String> begun = new ArrayList<>();
    final List<Row> rows = new ArrayList<>();
    final List<Reject> rejects = new ArrayList<>();

    @Override
    public void begin(String dataset, Effect effect) {
        begun.add(dataset + " " + effect.strategy().text());
    }

    @Override
    public void add(byte[] utf8, int from, int to, long tsMicros, Map<String, String> extras) {
        rows.add(new Row(text(utf8, from, to), tsMicros, extras));
    }

    @Override
    public void reject(Rejection rejection, byte[] utf8, int from, int to) {
        rejects.add(new Reject(rejection, text(utf8, from, to)));
    }

    List<String> urls() {
        return rows.stream().map(Row::url).toList();
    }

    private static String text(byte[] utf8, int from, int to) {
        return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }
}
