package dev.whence.query.cdx;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.CursorSeal;
import dev.whence.query.MixedRows;
import dev.whence.query.PublishedViews;
import dev.whence.query.PublishedViews.Hiding;
import dev.whence.query.Seed;
import dev.whence.query.cdx.CdxFilter.Plain;
import dev.whence.query.cdx.CdxQuestion.Collapse;
import dev.whence.query.cdx.CdxQuestion.Window;
import dev.whence.query.view.View;
import dev.whence.query.view.Visibility;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of CDX against all rows, filtered and sorted the simple way. */
@Tag("slow")
class CdxModelTest {
    private static final int QUESTIONS = 1_000;
    private static final int DATASETS = 4;
    private static final List<CdxField> ALL =
            CdxField.list("urlkey,timestamp,original,mimetype,dataset");

    @TempDir Path directory;
    private Random random;

    /** A line with what the model needs to know of it. */
    private record Line(String key, String time, UrlRow row, int datasetId, List<String> values) {}

    @Test
    void tellsWhatAllRowsSortedTell() throws Exception {
        random = Seed.random("tellsWhatAllRowsSortedTell");
        try (var published = new PublishedViews(directory)) {
            published.publisher().options(new UrlFileOptions(1, 100, 1 << 20, true));
            for (int version = 0; version < 3; version++) {
                for (int id = 0; id < DATASETS; id++) {
                    published
                            .publisher()
                            .publish(id, MixedRows.random(random, 1 + random.nextInt(300)));
                }
            }
            var hiding =
                    new Hiding(
                            Set.of(2),
                            Map.of("a.example", UrlRange.ofPrefix("www.a.example", "/a")));
            for (Visibility visibility : List.of(Visibility.EVERYTHING, hiding)) {
                try (View view = published.open(visibility)) {
                    List<Line> lines = lines(published, visibility);
                    for (int i = 0; i < QUESTIONS / 2; i++) {
                        check(view, lines);
                    }
                }
            }
        }
    }

    private void check(View view, List<Line> all) throws Exception {
        Line some = all.get(random.nextInt(all.size()));
        String path = some.row().pathQuery();
        MatchType match = MatchType.values()[random.nextInt(4)];
        String prefix =
                match == MatchType.PREFIX
                        ? path.substring(0, 1 + random.nextInt(path.length()))
                        : path;
        Optional<String> dataset =
                random.nextInt(3) == 0
                        ? Optional.of("dataset " + some.datasetId())
                        : Optional.empty();
        var scope =
                new CdxScope(
                        match,
                        some.row().domain(),
                        match == MatchType.DOMAIN
                                ? some.row().host().replaceAll(":.*", "")
                                : some.row().host(),
                        prefix,
                        dataset);
        Predicate<Line> inScope =
                line ->
                        isIn(scope, line.row())
                                && (dataset.isEmpty()
                                        || line.values().getLast().equals(dataset.get()));
        List<Line> expected = new ArrayList<>(all.stream().filter(inScope).toList());
        assertThat(CdxLines.count(view, scope)).as("%s", scope).isEqualTo(expected.size());
        Window window = Window.ALL;
        if (random.nextInt(3) == 0) {
            window = new Window(random.nextInt(40), 1 + random.nextInt(40));
            int first = (int) Math.min(expected.size(), window.first());
            int end = (int) Math.min(expected.size(), window.first() + window.rows());
            expected = new ArrayList<>(expected.subList(first, end));
        }
        String from = random.nextInt(4) == 0 ? "2021" : "";
        String to = random.nextInt(4) == 0 ? "202206" : "";
        expected.removeIf(line ->
                (!from.isEmpty() || !to.isEmpty())
                        && (line.time().equals("-")
                                || (!from.isEmpty() && line.time().compareTo(from) < 0)
                                || (!to.isEmpty()
                                        && line.time().substring(0, 6).compareTo(to) > 0)));
        List<CdxFilter> filters = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            filters.add(CdxFilter.of("!original:http://.*", Plain.MATCHES));
            expected.removeIf(line -> line.row().url().startsWith("http://"));
        }
        List<Collapse> collapse = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            collapse.add(new Collapse(CdxField.named("urlkey"), Integer.MAX_VALUE));
            expected = collapsed(expected);
        }
        long offset = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
        expected = expected.subList((int) Math.min(offset, expected.size()), expected.size());
        int limit = 1 + random.nextInt(30);
        boolean paged = window == Window.ALL && offset == 0 && random.nextBoolean();
        var question =
                new CdxQuestion(
                        scope,
                        from,
                        to,
                        filters,
                        collapse,
                        window,
                        offset,
                        paged ? limit : Long.MAX_VALUE);
        List<List<String>> found = new ArrayList<>();
        String key = null;
        do {
            CdxLines lines =
                    CdxLines.open(
                            view,
                            question,
                            key == null ? null : CdxLines.cursor(key, CursorSeal.OPEN, question));
            int before = found.size();
            for (Optional<CdxRow> row = lines.next(); row.isPresent(); row = lines.next()) {
                found.add(CdxLines.values(row.get(), ALL));
            }
            key = lines.resumeKey().orElse(null);
            assertThat(key == null || found.size() == before + limit).isTrue();
        } while (key != null);
        assertThat(found)
                .as("%s", question)
                .isEqualTo(expected.stream().map(Line::values).toList());
    }

    private static List<Line> collapsed(List<Line> lines) {
        List<Line> left = new ArrayList<>();
        for (Line line : lines) {
            if (left.isEmpty() || !left.getLast().key().equals(line.key())) {
                left.add(line);
            }
        }
        return left;
    }

    private static boolean isIn(CdxScope scope, UrlRow row) {
        if (!row.domain().equals(scope.domain())) {
            return false;
        }
        boolean sameHost = plain(row).equals(plain(scope.host(), scope.domain()));
        return switch (scope.match()) {
            case EXACT -> sameHost && row.pathQuery().equals(scope.path());
            case PREFIX -> sameHost && row.pathQuery().startsWith(scope.path());
            case HOST -> sameHost;
            case DOMAIN -> {
                String host = row.host().replaceAll(":.*", "");
                yield scope.host().equals(scope.domain())
                        || host.equals(scope.host())
                        || host.endsWith("." + scope.host());
            }
        };
    }

    private static List<Line> lines(PublishedViews published, Visibility visibility) {
        List<Line> lines = new ArrayList<>();
        published
                .publisher()
                .contents(published.publisher().newest())
                .rows()
                .forEach((id, rows) -> {
                    for (UrlRow row : rows) {
                        boolean masked =
                                visibility.masked(row.domain()).stream()
                                        .anyMatch(mask -> mask.contains(row));
                        if (visibility.showsDataset(id) && !masked) {
                            lines.add(line(id, row));
                        }
                    }
                });
        lines.sort(
                Comparator.comparing(Line::key)
                        .thenComparing(Line::time)
                        .thenComparing(line -> line.row().url())
                        .thenComparing(Line::datasetId));
        return lines;
    }

    private static Line line(int datasetId, UrlRow row) {
        String plain = plain(row);
        String key = plain;
        if (!plain.startsWith("10.")) {
            String[] parts = plain.split(":");
            List<String> labels = new ArrayList<>(List.of(parts[0].split("\\.")));
            Collections.reverse(labels);
            key = String.join(",", labels) + (parts.length > 1 ? ":" + parts[1] : "");
        }
        key += ")" + row.pathQuery();
        String time =
                row.tsMicros() == UrlRow.NO_TS
                        ? "-"
                        : Instant.ofEpochSecond(row.tsMicros() / 1_000_000)
                                .toString()
                                .replaceAll("[^0-9]", "");
        return new Line(
                key,
                time,
                row,
                datasetId,
                List.of(
                        key,
                        time,
                        row.url(),
                        row.extras().getOrDefault("mime", "-"),
                        "dataset " + datasetId));
    }

    private static String plain(UrlRow row) {
        return plain(row.host(), row.domain());
    }

    private static String plain(String host, String domain) {
        boolean isDomain = host.replaceAll(":.*", "").equals(domain);
        return !isDomain && host.startsWith("www.") ? host.substring(4) : host;
    }
}
