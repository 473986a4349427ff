package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.whence.access.AccessChange;
import dev.whence.access.Takedown.Scope;
import dev.whence.catalog.Version;
import dev.whence.lake.UrlRow;
import dev.whence.query.Publisher;
import dev.whence.store.ObjectInfo;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What may not be seen is as if it were not there: the answers to all questions that there are, to
 * each kind of caller, are the same before it comes as after, byte for byte.
 */
@Tag("slow")
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class HiddenDatasetTest {
    private static final int SECRET = 7;

    @TestHTTPResource URI base;

    @ConfigProperty(name = "whence.query.cache-directory")
    java.nio.file.Path cache;

    Publisher publisher;

    @Test
    void whatIsHiddenChangesNoAnswer() throws Exception {
        var client = new Client(base);
        var rules = new TestRules(publisher.store(), client);
        Map<String, Client> callers = new LinkedHashMap<>();
        callers.put("nobody", client);
        callers.put("reader", client.withKey(rules.principal("reader", false).secretText()));
        callers.put("operator", client.withKey(rules.principal("operator", true).secretText()));
        Client owner = client.withKey(rules.principal("owner", true).secretText());
        rules.make(new AccessChange.Restrict("secret", List.of("owner")));
        publisher.publish(visible());
        client.awaitServed(1);
        Map<String, Map<String, List<String>>> before = told(callers, 1);

        Version withSecret = publisher.name(SECRET, "secret").publish(SECRET, secret());
        client.awaitServed(2);
        assertThat(owner.json("/v1/domain/secret.example").path("datasets")).hasSize(1);
        assertSame(told(callers, 2), before, Set.of());
        for (Client caller : callers.values()) {
            assertNoTrace(caller);
        }

        // Nobody reads its files or its bitmaps to tell others of other datasets.
        deleteFiles();
        java.nio.file.Path bitmaps = bitmaps(withSecret);
        byte[] whole = Files.readAllBytes(bitmaps);
        damage(bitmaps, whole);
        assertThat(owner.post("/v1/sets", "{\"all_of\": [7]}").statusCode()).isEqualTo(500);
        assertSame(told(callers, 2), before, Set.of());
        Files.write(bitmaps, whole, StandardOpenOption.WRITE);

        rules.takeDown(Scope.DOMAIN, "doomed.example");
        rules.takeDown(Scope.DOMAIN, "zd.example");
        rules.takeDown(Scope.HOST, "www.bad.example");
        rules.takeDown(Scope.URL_PREFIX, "https://www.shared.example/gone/");
        Map<String, Map<String, List<String>>> still = told(callers, 2);
        publisher.publish(Map.of(0, doomed(3), 3, doomed(5)));
        client.awaitServed(3);
        // Files are whole until a compaction: how many there are, and how large.
        assertSame(
                told(callers, 3),
                still,
                Set.of("listDatasets", "getDataset", "exportDatasets", "listFiles", "/datasets"));
        for (Client caller : callers.values()) {
            for (JsonNode dataset : caller.json("/v1/datasets").path("datasets")) {
                int id = dataset.path("dataset_id").asInt();
                List<UrlRow> shown = visible().get(id);
                assertThat(dataset.path("url_count").asLong()).isEqualTo(shown.size());
                assertThat(dataset.path("domain_count").asLong())
                        .isEqualTo(shown.stream().map(UrlRow::domain).distinct().count());
            }
        }
    }

    @Test
    void everyOperationAndParameterIsAsked() throws Exception {
        var client = new Client(base);
        var contract = new OpenApi(client.json("/openapi?format=json"));
        assertThat(contract.operations())
                .extracting(OpenApi.Operation::id)
                .containsExactlyInAnyOrderElementsOf(Questions.BY_OPERATION.keySet());
        for (OpenApi.Operation operation : contract.operations()) {
            String asked = String.join("\n", Questions.BY_OPERATION.get(operation.id()));
            for (JsonNode each : operation.told().path("parameters")) {
                JsonNode parameter = contract.resolved(each);
                String name = parameter.path("name").asText();
                if (!parameter.path("in").asText().equals("path")
                        && !Questions.FOLLOWED.contains(name)
                        && !asked.contains("/v1/versions/1")) {
                    assertThat(asked).as(operation.id()).containsPattern("[?&]" + name + "=");
                }
            }
            assertThat(contract.bodyFields(operation).isEmpty())
                    .as("%s has a body with fields", operation.id())
                    .isEqualTo(operation.method().equals("GET"));
            for (String field : contract.bodyFields(operation)) {
                if (!Questions.FOLLOWED.contains(field)) {
                    assertThat(asked).as(operation.id()).contains("\"" + field + "\": ");
                }
            }
        }
    }

    @Test
    void everyPageIsAsked() {
        Set<String> pages = new TreeSet<>();
        for (JavaClass each : new ClassFileImporter().importPackages("dev.whence.query.page")) {
            if (each.isAnnotatedWith(ForPeople.class)) {
                Class<?> resource = each.reflect();
                String root = resource.getAnnotation(Path.class).value();
                for (Method method : resource.getDeclaredMethods()) {
                    if (method.isAnnotationPresent(GET.class)
                            || method.isAnnotationPresent(POST.class)) {
                        Path path = method.getAnnotation(Path.class);
                        String whole = path == null ? root : root + "/" + path.value();
                        pages.add(whole.replace("//", "/"));
                    }
                }
            }
        }
        assertThat(Questions.BY_PAGE.keySet()).containsExactlyInAnyOrderElementsOf(pages);
    }

    private void deleteFiles() throws Exception {
        List<ObjectInfo> files;
        try (var all = publisher.store().list("urls/dataset_id=" + SECRET + "/")) {
            files = all.toList();
        }
        assertThat(files).isNotEmpty();
        for (ObjectInfo file : files) {
            publisher.store().delete(file.key());
        }
    }

    /** Those of what the version added: of the hidden dataset alone. */
    private java.nio.file.Path bitmaps(Version version) {
        String block = version.segments().getLast().block().id();
        return cache.resolve("blocks").resolve(block).resolve("datasets.roar");
    }

    /** In place, so that who has the file mapped sees it: behind the mark of a Roaring bitmap. */
    private static void damage(java.nio.file.Path bitmaps, byte[] whole) throws IOException {
        byte[] damaged = whole.clone();
        int mark = 0;
        while (whole[mark] != 0x3A || whole[mark + 1] != 0x30) {
            mark++;
        }
        damaged[mark + 9] ^= 0x55;
        Files.write(bitmaps, damaged, StandardOpenOption.WRITE);
    }

    /** Where versions themselves are told of, they may differ; nothing hidden may be in them. */
    private static void assertNoTrace(Client caller) throws Exception {
        for (String path : List.of("/v1/versions", "/v1/versions/2", "/versions")) {
            assertThat(caller.get(path).body())
                    .as(path)
                    .doesNotContain("secret")
                    .doesNotContainPattern("\"dataset_id\": ?7\\b");
        }
        JsonNode version = caller.json("/v1/versions/2");
        assertThat(version.path("counts").isNull()).isTrue();
        assertThat(version.path("log_positions")).isEmpty();
        assertThat(version.path("changes")).isEmpty();
    }

    private static Map<String, Map<String, List<String>>> told(
            Map<String, Client> callers, long version) throws Exception {
        Map<String, Map<String, List<String>>> told = new HashMap<>();
        for (var caller : callers.entrySet()) {
            told.put(caller.getKey(), Transcript.of(caller.getValue(), version));
        }
        return told;
    }

    private static void assertSame(
            Map<String, Map<String, List<String>>> now,
            Map<String, Map<String, List<String>>> before,
            Set<String> except) {
        List<String> left = new ArrayList<>();
        for (String each : except) {
            left.addAll(Questions.BY_OPERATION.getOrDefault(each, List.of()));
            left.addAll(Questions.BY_PAGE.getOrDefault(each, List.of()));
            left.addAll(Questions.BY_PAGE.getOrDefault(each + "/{dataset}", List.of()));
        }
        var all = new SoftAssertions();
        now.forEach((caller, answers) ->
                answers.forEach((question, pages) -> {
                    if (!left.contains(question)) {
                        all.assertThat(pages)
                                .as("%s asks %s", caller, question)
                                .isEqualTo(before.get(caller).get(question));
                    }
                }));
        all.assertAll();
    }

    private static Map<Integer, List<UrlRow>> visible() {
        List<UrlRow> first = new ArrayList<>(rows("a.example", "x", 3));
        first.addAll(rows("shared.example", "s", 5));
        List<UrlRow> second = new ArrayList<>(rows("shared.example", "t", 4));
        second.addAll(rows("b.example", "x", 1));
        second.addAll(rows("t.example", "x", 2));
        return Map.of(0, first, 3, second);
    }

    private static List<UrlRow> secret() {
        List<UrlRow> rows = new ArrayList<>(rows("a.example", "u", 2));
        rows.addAll(rows("shared.example", "u", 6));
        rows.addAll(rows("secret.example", "x", 3));
        rows.addAll(rows("sa.example", "x", 1));
        rows.addAll(rows("zz.example", "x", 1));
        return rows;
    }

    private static List<UrlRow> doomed(int count) {
        List<UrlRow> rows = new ArrayList<>(rows("doomed.example", "x", count));
        rows.addAll(rows("zd.example", "x", count));
        rows.addAll(rows("bad.example", "x", count));
        rows.addAll(rows("shared.example", "gone", count));
        return rows;
    }
}
