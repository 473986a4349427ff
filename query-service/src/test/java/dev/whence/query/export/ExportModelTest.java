package dev.whence.query.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.CanonicalNames;
import dev.whence.query.CursorSeal;
import dev.whence.query.MixedRows;
import dev.whence.query.PublishedViews;
import dev.whence.query.PublishedViews.Hiding;
import dev.whence.query.QueryException;
import dev.whence.query.Seed;
import dev.whence.query.listing.PlaceCursor;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlList;
import dev.whence.query.view.SetQuestion;
import dev.whence.query.view.View;
import dev.whence.query.view.Visibility;
import dev.whence.url.Fingerprint;
import dev.whence.url.PublicSuffixes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports of all lists against all rows, in every format, whole and in parts. */
@Tag("slow")
class ExportModelTest {
    private static final int EXPORTS = 2_000;
    private static final int DATASETS = 4;
    private static final JsonMapper JSON = new JsonMapper();
    private static final UrlColumns FIELDS =
            new UrlColumns(List.of("url_id", "url", "ts", "host", "extras"));

    @TempDir Path directory;
    private Random random;

    private final Exports exports = new Exports(1, Duration.ofMinutes(10), Duration.ofMinutes(10));

    /** A list, and its rows as they must come in NDJSON without the end. */
    private record Question(Listing listing, List<Map<String, Object>> rows) {}

    @Test
    void holdWhatAllRowsSay() throws Exception {
        random = Seed.random("holdWhatAllRowsSay");
        try (var published = new PublishedViews(directory);
                Connection duckDb = DriverManager.getConnection("jdbc:duckdb:")) {
            published.publisher().options(new UrlFileOptions(1, 100, 1 << 20, true));
            for (int id = 0; id < DATASETS; id++) {
                published
                        .publisher()
                        .publish(id, MixedRows.random(random, 1 + random.nextInt(400)));
                published
                        .publisher()
                        .publish(id, MixedRows.random(random, 1 + random.nextInt(400)));
            }
            var hiding =
                    new Hiding(
                            Set.of(2),
                            Map.of("a.example", UrlRange.ofPrefix("www.a.example", "/a")));
            for (Visibility visibility : List.of(Visibility.EVERYTHING, hiding)) {
                var model = new TreeMap<Integer, List<UrlRow>>();
                published
                        .publisher()
                        .contents(published.publisher().newest())
                        .rows()
                        .forEach((id, rows) -> {
                            if (visibility.showsDataset(id)) {
                                model.put(
                                        id,
                                        rows.stream()
                                                .filter(row ->
                                                        visibility.masked(row.domain()).stream()
                                                                .noneMatch(
                                                                        each -> each.contains(row)))
                                                .toList());
                            }
                        });
                try (View view = published.open(visibility)) {
                    // What is published meanwhile is none of this view's concern.
                    published.publisher().publish(0, MixedRows.random(random, 50));
                    published.open(visibility).close();
                    for (int i = 0; i < EXPORTS / 2; i++) {
                        check(view, question(model), i % 10 == 0 ? duckDb : null);
                    }
                }
            }
        }
    }

    private void check(View view, Question question, Connection duckDb) throws Exception {
        String what = question.listing().identity();
        List<String> expected = new ArrayList<>();
        for (Map<String, Object> row : question.rows()) {
            expected.add(JSON.writeValueAsString(row));
        }
        List<String> lines = ndjson(view, question.listing(), null, Long.MAX_VALUE, false);
        assertThat(lines.subList(0, lines.size() - 1)).as(what).isEqualTo(expected);
        assertThat(JSON.readTree(lines.getLast()).path("_end").path("rows").asLong())
                .isEqualTo(expected.size());
        checkParts(view, question.listing(), expected);
        checkCsv(view, question);
        if (duckDb != null) {
            checkParquet(view, question, duckDb);
        }
    }

    /** Cut anywhere, or ended by a limit, it goes on with exactly the rest. */
    private void checkParts(View view, Listing listing, List<String> expected) throws Exception {
        List<String> told = ndjson(view, listing, null, Long.MAX_VALUE, true);
        if (!expected.isEmpty()) {
            int cut = random.nextInt(expected.size());
            String cursor = JSON.readTree(told.get(cut)).path("cursor").asText();
            List<String> rest = ndjson(view, listing, cursor, Long.MAX_VALUE, false);
            assertThat(rest.subList(0, rest.size() - 1))
                    .isEqualTo(expected.subList(cut + 1, expected.size()));
        }
        int limit = 1 + random.nextInt(expected.size() + 1);
        List<String> all = new ArrayList<>();
        String cursor = null;
        do {
            List<String> part = ndjson(view, listing, cursor, limit, false);
            all.addAll(part.subList(0, part.size() - 1));
            JsonNode end = JSON.readTree(part.getLast()).path("_end");
            cursor = end.path("next_cursor").isNull() ? null : end.path("next_cursor").asText();
            assertThat(cursor == null || part.size() == limit + 1).isTrue();
        } while (cursor != null);
        assertThat(all).isEqualTo(expected);
    }

    private void checkCsv(View view, Question question) throws Exception {
        byte[] bytes = write(view, question.listing(), Format.CSV, null, Long.MAX_VALUE, false);
        List<List<String>> records = Csv.read(new String(bytes, StandardCharsets.UTF_8));
        int columns = question.listing().columns().size();
        assertThat(records).allMatch(record -> record.size() == columns);
        assertThat(records).hasSize(question.rows().size() + 2);
        assertThat(records.getLast().getFirst())
                .isEqualTo(
                        "#end rows=%d version=%d next_cursor="
                                .formatted(question.rows().size(), view.number()));
        for (int i = 0; i < question.rows().size(); i++) {
            List<String> found = records.get(i + 1);
            List<Object> values = new ArrayList<>(question.rows().get(i).values());
            for (int c = 0; c < columns; c++) {
                String field = found.get(c);
                assertThat(field).doesNotStartWith("=").doesNotStartWith("@").doesNotStartWith("#");
                String plain = field.startsWith("'") ? field.substring(1) : field;
                Object value = values.get(c);
                assertThat(plain)
                        .isEqualTo(
                                value == null
                                        ? ""
                                        : value instanceof Map<?, ?>
                                                ? JSON.writeValueAsString(value)
                                                : value.toString());
            }
        }
    }

    private void checkParquet(View view, Question question, Connection duckDb) throws Exception {
        Path file = Files.createTempFile(directory, "export", ".parquet");
        byte[] bytes = write(view, question.listing(), Format.PARQUET, null, Long.MAX_VALUE, false);
        Files.write(file, bytes);
        List<Column> columns = question.listing().columns();
        try (var statement = duckDb.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "SELECT * FROM read_parquet('%s')".formatted(file))) {
            for (Map<String, Object> expected : question.rows()) {
                assertThat(rows.next()).isTrue();
                for (Column column : columns) {
                    Object value = expected.get(column.name());
                    switch (column.kind()) {
                        case TEXT -> assertThat(rows.getString(column.name())).isEqualTo(value);
                        case NUMBER -> assertThat(rows.getObject(column.name())).isEqualTo(value);
                        case FINGERPRINT -> {
                            long found = rows.getLong(column.name());
                            assertThat(rows.wasNull() ? null : Fingerprint.hex(found))
                                    .isEqualTo(value);
                        }
                        case SHARE -> assertThat(rows.getDouble(column.name())).isEqualTo(value);
                        case TIME -> {
                            var time = rows.getObject(column.name(), OffsetDateTime.class);
                            assertThat(time == null ? null : time.toInstant().toString())
                                    .isEqualTo(value);
                        }
                        case EXTRAS ->
                                assertThat(String.valueOf(rows.getObject(column.name())))
                                        .isEqualTo(new TreeMap<>((Map<?, ?>) value).toString());
                    }
                }
            }
            assertThat(rows.next()).isFalse();
        }
        try (var statement = duckDb.createStatement();
                ResultSet told =
                        statement.executeQuery(
                                "SELECT decode(value) FROM parquet_kv_metadata('%s') WHERE decode(key) = 'whence.rows'"
                                        .formatted(file))) {
            assertThat(told.next()).isTrue();
            assertThat(told.getString(1)).isEqualTo(Integer.toString(question.rows().size()));
        }
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        assertThatThrownBy(
                        () -> {
                            try (var statement = duckDb.createStatement()) {
                                statement.executeQuery(
                                        "SELECT count(*) FROM read_parquet('%s')".formatted(file));
                            }
                        })
                .as("what is cut off is no file")
                .isInstanceOf(SQLException.class);
        Files.delete(file);
    }

    private List<String> ndjson(
            View view, Listing listing, String cursor, long limit, boolean cursors)
            throws Exception {
        byte[] bytes = write(view, listing, Format.NDJSON, cursor, limit, cursors);
        return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] write(
            View view, Listing listing, Format format, String cursor, long limit, boolean cursors)
            throws Exception {
        PlaceCursor from =
                cursor == null
                        ? new PlaceCursor(view.number(), PlaceCursor.BEGINNING, 0)
                        : PlaceCursor.decode(cursor, CursorSeal.OPEN, listing.identity());
        var out = new ByteArrayOutputStream();
        new Export(view, listing, from, limit, cursors).writeTo(out, format, Frame.WHOLE);
        return out.toByteArray();
    }

    private Question question(TreeMap<Integer, List<UrlRow>> model) {
        List<String> domains =
                new ArrayList<>(
                        new TreeSet<>(
                                model.values().stream()
                                        .flatMap(List::stream)
                                        .map(UrlRow::domain)
                                        .toList()));
        String domain = domains.get(random.nextInt(domains.size()));
        List<Integer> ids = new ArrayList<>(model.keySet());
        int id = ids.get(random.nextInt(ids.size()));
        UrlFilter filter =
                switch (random.nextInt(4)) {
                    case 0 ->
                            new UrlFilter(
                                    UrlRange.ofHost("www." + domain),
                                    "",
                                    Long.MIN_VALUE,
                                    Long.MAX_VALUE);
                    case 1 ->
                            new UrlFilter(
                                    UrlRange.ALL, "/a", Long.MIN_VALUE, 1_650_000_000_000_000L);
                    default -> UrlFilter.NONE;
                };
        return switch (random.nextInt(6)) {
            case 0 ->
                    new Question(
                            new UrlListing(
                                    exports.pages(), new UrlList(domain, id, filter), FIELDS),
                            urls(model, domain, filter, id, false));
            case 1 -> {
                List<Map<String, Object>> rows = new ArrayList<>();
                model.keySet()
                        .forEach(each -> rows.addAll(urls(model, domain, filter, each, true)));
                yield new Question(
                        new DomainUrlListing(exports.pages(), domain, filter, FIELDS), rows);
            }
            case 2 ->
                    new Question(
                            new HostListing(domain, "", OptionalInt.empty()), hosts(model, domain));
            case 3 -> {
                String prefix = random.nextBoolean() ? "" : domain.substring(0, 1);
                yield new Question(
                        new PrefixListing(prefix),
                        domains.stream()
                                .filter(each -> each.startsWith(prefix))
                                .map(each -> sums(model, each))
                                .toList());
            }
            case 4 -> {
                int other = ids.get(random.nextInt(ids.size()));
                boolean any = random.nextBoolean() && other != id;
                List<Integer> both = id == other ? List.of(id) : List.of(id, other);
                var set =
                        new SetQuestion(any ? List.of() : both, any ? both : List.of(), List.of());
                yield new Question(
                        new SetListing(set, ""),
                        domains.stream()
                                .filter(each ->
                                        any
                                                ? both.stream()
                                                        .anyMatch(one -> holds(model, one, each))
                                                : both.stream()
                                                        .allMatch(one -> holds(model, one, each)))
                                .map(ExportModelTest::named)
                                .toList());
            }
            default -> {
                List<String> asked = new ArrayList<>();
                for (int i = 0; i < random.nextInt(300); i++) {
                    asked.add(
                            List.of(domain, "www." + domain, "none.example", "no domain")
                                    .get(random.nextInt(4)));
                }
                asked.add(domain);
                yield new Question(
                        new LookupListing(
                                new CanonicalNames(PublicSuffixes.bundled())::domain, asked),
                        lookup(model, asked));
            }
        };
    }

    private static List<Map<String, Object>> urls(
            Map<Integer, List<UrlRow>> model,
            String domain,
            UrlFilter filter,
            int id,
            boolean named) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (UrlRow row : model.get(id)) {
            boolean inTime =
                    filter.toMicros() == Long.MAX_VALUE
                            || (row.tsMicros() != UrlRow.NO_TS
                                    && row.tsMicros() < filter.toMicros());
            if (row.domain().equals(domain)
                    && filter.range().contains(row)
                    && row.pathQuery().startsWith(filter.pathPrefix())
                    && inTime) {
                Map<String, Object> values = new LinkedHashMap<>();
                if (named) {
                    values.put("dataset_id", (long) id);
                    values.put("name", "dataset " + id);
                }
                values.put("url_id", Fingerprint.hex(row.urlId()));
                values.put("url", row.url());
                values.put(
                        "ts",
                        row.tsMicros() == UrlRow.NO_TS
                                ? null
                                : Instant.ofEpochSecond(row.tsMicros() / 1_000_000).toString());
                values.put("host", row.host());
                values.put("extras", new TreeMap<>(row.extras()));
                rows.add(values);
            }
        }
        return rows;
    }

    private static List<Map<String, Object>> hosts(
            TreeMap<Integer, List<UrlRow>> model, String domain) {
        var counts = new TreeMap<String, TreeMap<Integer, Long>>();
        model.forEach((id, rows) ->
                rows.stream()
                        .filter(row -> row.domain().equals(domain))
                        .forEach(row ->
                                counts.computeIfAbsent(row.host(), host -> new TreeMap<>())
                                        .merge(id, 1L, Long::sum)));
        List<Map<String, Object>> rows = new ArrayList<>();
        counts.forEach((host, each) ->
                each.forEach((id, count) -> {
                    Map<String, Object> values = new LinkedHashMap<>();
                    values.put("host", host);
                    values.put("dataset_id", (long) id);
                    values.put("name", "dataset " + id);
                    values.put("url_count", count);
                    rows.add(values);
                }));
        return rows;
    }

    private static Map<String, Object> named(String domain) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("domain", domain);
        values.put("domain_id", Fingerprint.hex(Fingerprint.of(domain)));
        return values;
    }

    private static Map<String, Object> sums(TreeMap<Integer, List<UrlRow>> model, String domain) {
        Map<String, Object> values = named(domain);
        values.put(
                "dataset_count",
                model.keySet().stream().filter(id -> holds(model, id, domain)).count());
        values.put(
                "url_count",
                model.values().stream()
                        .flatMap(List::stream)
                        .filter(row -> row.domain().equals(domain))
                        .count());
        return values;
    }

    private static boolean holds(TreeMap<Integer, List<UrlRow>> model, int id, String domain) {
        return model.get(id).stream().anyMatch(row -> row.domain().equals(domain));
    }

    private static List<Map<String, Object>> lookup(
            TreeMap<Integer, List<UrlRow>> model, List<String> asked) {
        List<Map<String, Object>> rows = new ArrayList<>();
        var names = new CanonicalNames(PublicSuffixes.bundled());
        for (String text : asked) {
            String domain = text.replaceFirst("^www\\.", "");
            String detail = null;
            try {
                domain = names.domain(text);
            } catch (QueryException e) {
                detail = e.getMessage();
            }
            String known = domain;
            List<Integer> holders =
                    detail != null
                            ? List.of()
                            : model.keySet().stream()
                                    .filter(id -> holds(model, id, known))
                                    .toList();
            for (int i = 0; i < Math.max(1, holders.size()); i++) {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("asked", text);
                values.put(
                        "status",
                        detail != null
                                ? "invalid-domain"
                                : holders.isEmpty() ? "not-found" : "found");
                values.put("domain", detail != null ? null : known);
                values.put(
                        "domain_id",
                        detail != null ? null : Fingerprint.hex(Fingerprint.of(known)));
                values.put("detail", detail);
                Integer holder = holders.isEmpty() ? null : holders.get(i);
                values.put("dataset_id", holder == null ? null : (long) holder);
                values.put("name", holder == null ? null : "dataset " + holder);
                values.put(
                        "url_count",
                        holder == null
                                ? null
                                : model.get(holder).stream()
                                        .filter(row -> row.domain().equals(known))
                                        .count());
                rows.add(values);
            }
        }
        return rows;
    }
}
