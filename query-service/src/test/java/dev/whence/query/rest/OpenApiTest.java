package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document lists every route, and answers are what it says. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OpenApiTest {
    private static final Class<?>[] RESOURCES = {
        DomainResource.class,
        DomainsResource.class,
        LookupResource.class,
        UrlListResource.class,
        UrlResource.class,
        SetResource.class,
        DatasetResource.class,
        UrlExportResource.class,
        DomainUrlExportResource.class,
        HostExportResource.class,
        ExportResource.class,
        CdxResource.class,
        CdxIndexResource.class,
        CollectionResource.class,
        VersionResource.class
    };

    private static final String LIST = "/v1/domain/a.example/datasets/0/urls";

    /** Questions to each operation, by its id; the address, or the address and the body. */
    private static final Map<String, List<String>> QUESTIONS =
            Map.ofEntries(
                    Map.entry(
                            "lookUpDomain",
                            List.of("/v1/domain/a.example", "/v1/domain/none.example")),
                    Map.entry(
                            "listHosts",
                            List.of(
                                    "/v1/domain/a.example/hosts?limit=1",
                                    "/v1/domain/*.a.example/hosts?dataset_id=0",
                                    "/v1/domain/none.example/hosts")),
                    Map.entry(
                            "listUrls",
                            List.of(
                                    LIST + "?limit=2",
                                    LIST + "?fields=url,ts,scheme,host,path_query,extras,url_id",
                                    LIST + "?host=www.a.example&path_prefix=/x/&from=2020-01-01")),
                    Map.entry(
                            "listDomains",
                            List.of("/v1/domains?limit=1", "/v1/domains?prefix=none")),
                    Map.entry(
                            "lookUpDomains",
                            List.of(
                                    "/v1/domains:lookup {\"domains\": [\"a.example\", \"\", \"none.example\"]}")),
                    Map.entry(
                            "lookUpUrl",
                            List.of(
                                    "/v1/urls?url=https://www.a.example/x/00001",
                                    "/v1/urls?url=https://none.example/")),
                    Map.entry("listDatasets", List.of("/v1/datasets")),
                    Map.entry("getDataset", List.of("/v1/datasets/0")),
                    Map.entry("listTopDomains", List.of("/v1/datasets/0/domains?limit=1")),
                    Map.entry(
                            "querySets",
                            List.of(
                                    "/v1/sets {\"all_of\": [0], \"none_of\": [3], \"limit\": 1, \"overlap\": [0, 3]}",
                                    "/v1/sets {\"any_of\": [0, 3], \"prefix\": \"a\"}",
                                    "/v1/sets {\"overlap\": [0, 3]}")),
                    Map.entry(
                            "exportUrls",
                            List.of(
                                    LIST + ":export",
                                    LIST + ":export?format=csv",
                                    LIST + ":export?format=parquet")),
                    Map.entry("exportDomainUrls", List.of("/v1/domain/a.example/urls:export")),
                    Map.entry("exportHosts", List.of("/v1/domain/a.example/hosts:export")),
                    Map.entry("exportDomains", List.of("/v1/domains:export?prefix=a&format=csv")),
                    Map.entry("exportDatasets", List.of("/v1/datasets:export?format=parquet")),
                    Map.entry("exportSet", List.of("/v1/sets:export {\"all_of\": [0]}")),
                    Map.entry(
                            "exportLookup",
                            List.of("/v1/domains:lookup:export {\"domains\": [\"a.example\"]}")),
                    Map.entry(
                            "cdx",
                            List.of(
                                    "/cdx?url=a.example/*",
                                    "/cdx?url=a.example/*&output=json",
                                    "/cdx?url=a.example/*&showNumPages=true")),
                    Map.entry(
                            "cdxIndex",
                            List.of(
                                    "/cdx/dataset%200-index?url=a.example/*",
                                    "/cdx/dataset%200-index?url=a.example/*&output=json",
                                    "/cdx/dataset%200-index?url=a.example/*&showNumPages=true")),
                    Map.entry("listCollections", List.of("/collinfo.json")),
                    Map.entry("listVersions", List.of("/v1/versions")),
                    Map.entry("getVersion", List.of("/v1/versions/1")),
                    Map.entry("listFiles", List.of("/v1/versions/1/files")));

    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;
    private OpenApi contract;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(
                    Map.of(
                            0, rows("a.example", "x", 3),
                            3, rows("b.example", "x", 1),
                            4, rows("c.example", "x", 1)));
        }
        client.awaitServed(1);
        contract = new OpenApi(client.json("/openapi?format=json"));
    }

    @Test
    void listsEveryRouteAndNoOther() {
        Set<String> routes = new HashSet<>();
        for (Class<?> resource : RESOURCES) {
            String root = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                Path path = method.getAnnotation(Path.class);
                String whole = path == null ? root : root + path.value();
                if (method.isAnnotationPresent(GET.class)) {
                    routes.add("GET " + whole);
                } else if (method.isAnnotationPresent(POST.class)) {
                    routes.add("POST " + whole);
                }
            }
        }
        assertThat(contract.operations())
                .extracting(operation -> operation.method() + " " + operation.path())
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyOperationTellsItsAnswerItsParametersAndItsProblems() {
        for (OpenApi.Operation operation : contract.operations()) {
            String name = operation.id();
            JsonNode told = operation.told();
            assertThat(told.path("summary").asText()).as(name).isNotEmpty();
            assertThat(told.path("tags")).as(name).isNotEmpty();
            JsonNode responses = told.path("responses");
            JsonNode good = contract.resolved(responses.path("200"));
            assertThat(good.path("content")).as(name).isNotEmpty();
            boolean isCdx = operation.path().startsWith("/cdx");
            for (String status : new String[] {"400", "401", "404", "406", "410", "500", "503"}) {
                JsonNode problem = contract.resolved(responses.path(status));
                if (isCdx) {
                    assertThat(problem.path("content").has("text/plain")).as(name).isTrue();
                    continue;
                }
                assertThat(schema(problem, "application/problem+json").path("$ref").asText())
                        .as("%s %s", name, status)
                        .endsWith("/Problem");
            }
            if (operation.method().equals("POST")) {
                assertThat(responses.has("413") && responses.has("415")).as(name).isTrue();
                assertThat(schema(told.path("requestBody"), "application/json").isMissingNode())
                        .as(name)
                        .isFalse();
            }
            for (JsonNode parameter : told.path("parameters")) {
                JsonNode found = contract.resolved(parameter);
                assertThat(found.path("name").asText()).as(name).isNotEmpty();
                assertThat(found.path("schema").path("type").asText()).as(name).isNotEmpty();
                assertThat(found.path("description").asText()).as(name).isNotEmpty();
            }
        }
    }

    @Test
    void everyPropertyHasAnExampleOrIsMadeOfSuch() {
        contract.document()
                .path("components")
                .path("schemas")
                .fields()
                .forEachRemaining(schema ->
                        schema.getValue()
                                .path("properties")
                                .fields()
                                .forEachRemaining(property -> {
                                    JsonNode of = property.getValue();
                                    assertThat(
                                                    of.has("examples")
                                                            || of.toString().contains("$ref")
                                                            || of.path("type")
                                                                    .asText()
                                                                    .equals("boolean"))
                                            .as("%s.%s", schema.getKey(), property.getKey())
                                            .isTrue();
                                }));
    }

    @Test
    void everyExampleIsWhatItsSchemaSays() throws Exception {
        var json = new JsonMapper();
        var schemas = contract.document().path("components").path("schemas").fields();
        while (schemas.hasNext()) {
            var schema = schemas.next();
            var properties = schema.getValue().path("properties").fields();
            while (properties.hasNext()) {
                var property = properties.next();
                for (JsonNode example : property.getValue().path("examples")) {
                    boolean text = property.getValue().path("type").toString().contains("string");
                    // What is no text is written as JSON in an annotation.
                    JsonNode value =
                            example.isTextual() && !text
                                    ? json.readTree(example.asText())
                                    : example;
                    contract.check(
                            property.getValue(), value, schema.getKey() + "." + property.getKey());
                }
            }
        }
    }

    @Test
    void everyOperationAnswersAsItsSchemaSays() throws Exception {
        assertThat(contract.operations())
                .extracting(OpenApi.Operation::id)
                .containsExactlyInAnyOrderElementsOf(QUESTIONS.keySet());
        for (OpenApi.Operation operation : contract.operations()) {
            for (String question : QUESTIONS.get(operation.id())) {
                String[] parts = question.split(" ", 2);
                HttpResponse<String> answer =
                        parts.length == 1 ? client.get(parts[0]) : client.post(parts[0], parts[1]);
                assertThat(answer.statusCode())
                        .as("%s: %s", question, answer.body())
                        .isEqualTo(200);
                contract.check(operation.method(), parts[0].replaceAll("\\?.*", ""), answer);
            }
        }
        String unknown = "/v1/datasets/9";
        contract.check("GET", unknown, client.get(unknown));
    }

    private static JsonNode schema(JsonNode response, String mediaType) {
        return response.path("content").path(mediaType).path("schema");
    }
}
