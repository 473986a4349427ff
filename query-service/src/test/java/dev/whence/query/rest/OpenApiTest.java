package dev.whence.query.rest;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.query.Publisher;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The OpenAPI document lists every route, and answers are what it says. */
@QuarkusTest
@WithTestResource(value = StoreResource.class, scope = TestResourceScope.RESTRICTED_TO_CLASS)
class OpenApiTest {
    @TestHTTPResource URI base;
    Publisher publisher;
    private Client client;
    private JsonNode document;

    @BeforeEach
    void publish() throws Exception {
        client = new Client(base);
        if (publisher.newest() == 0) {
            publisher.publish(0, rows("a.example", "x", 3));
        }
        client.awaitServed(1);
        document = client.json("/openapi?format=json");
    }

    @Test
    void listsEveryRouteAndNoOther() {
        Set<String> routes = new HashSet<>();
        for (Class<?> resource :
                new Class<?>[] {
                    DomainResource.class, DatasetResource.class, VersionResource.class
                }) {
            String root = resource.getAnnotation(Path.class).value();
            for (Method method : resource.getDeclaredMethods()) {
                if (method.isAnnotationPresent(GET.class)) {
                    Path path = method.getAnnotation(Path.class);
                    routes.add(path == null ? root : root + path.value());
                }
            }
        }
        Set<String> listed = new HashSet<>();
        document.path("paths").fieldNames().forEachRemaining(listed::add);
        assertThat(listed).isEqualTo(routes);
    }

    @Test
    void everyOperationTellsItsAnswerItsParametersAndItsProblems() {
        for (JsonNode path : document.path("paths")) {
            JsonNode get = path.path("get");
            String name = get.path("operationId").asText();
            assertThat(get.path("summary").asText()).as(name).isNotEmpty();
            JsonNode responses = get.path("responses");
            assertThat(schema(responses.path("200"), "application/json").isMissingNode())
                    .as(name)
                    .isFalse();
            for (String status : new String[] {"400", "404", "406", "410", "500", "503"}) {
                JsonNode problem = resolved(responses.path(status));
                assertThat(schema(problem, "application/problem+json").path("$ref").asText())
                        .as("%s %s", name, status)
                        .endsWith("/Problem");
            }
            for (JsonNode parameter : get.path("parameters")) {
                JsonNode found = resolved(parameter);
                assertThat(found.path("name").asText()).as(name).isNotEmpty();
                assertThat(found.path("schema").path("type").asText()).as(name).isNotEmpty();
                assertThat(found.path("description").asText()).as(name).isNotEmpty();
            }
        }
    }

    @Test
    void everyPropertyHasAnExampleOrIsMadeOfSuch() {
        document.path("components")
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
                                                            || of.has("$ref")
                                                            || of.has("items")
                                                            || of.path("type")
                                                                    .asText()
                                                                    .equals("boolean"))
                                            .as("%s.%s", schema.getKey(), property.getKey())
                                            .isTrue();
                                }));
    }

    @Test
    void answersMatchTheirSchemas() throws Exception {
        Map<String, String> questions = new HashMap<>();
        questions.put("/v1/domain/{domain}", "/v1/domain/a.example");
        questions.put(
                "/v1/domain/{domain}/datasets/{dataset_id}/urls",
                "/v1/domain/a.example/datasets/0/urls?limit=2");
        questions.put("/v1/datasets", "/v1/datasets");
        questions.put("/v1/datasets/{dataset_id}", "/v1/datasets/0");
        questions.put("/v1/versions", "/v1/versions");
        questions.put("/v1/versions/{number}", "/v1/versions/1");
        questions.put("/v1/versions/{number}/files", "/v1/versions/1/files");
        assertThat(questions).hasSameSizeAs(document.path("paths"));
        for (var question : questions.entrySet()) {
            JsonNode operation = document.path("paths").path(question.getKey()).path("get");
            JsonNode schema = schema(operation.path("responses").path("200"), "application/json");
            assertMatches(client.json(question.getValue()), schema, question.getValue());
        }
        JsonNode problem = document.path("components").path("schemas").path("Problem");
        assertMatches(client.problem(404, "/v1/datasets/9"), problem, "a problem");
    }

    /** The part of JSON Schema that the document uses; no property more or less than it names. */
    private void assertMatches(JsonNode value, JsonNode reference, String where) {
        JsonNode schema = resolved(reference);
        Set<String> types = new HashSet<>();
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            type.forEach(each -> types.add(each.asText()));
        } else {
            types.add(type.asText());
        }
        assertThat(types).as(where).contains(typeOf(value));
        if (value.isTextual() && schema.has("pattern")) {
            assertThat(value.asText()).as(where).matches(schema.path("pattern").asText());
        }
        if (value.isArray()) {
            assertThat(value).as(where).isNotEmpty();
            value.forEach(each -> assertMatches(each, schema.path("items"), where + "[]"));
        }
        if (value.isObject() && schema.has("properties")) {
            Set<String> found = new HashSet<>();
            value.fieldNames().forEachRemaining(found::add);
            Set<String> named = new HashSet<>();
            schema.path("properties").fieldNames().forEachRemaining(named::add);
            assertThat(found).as(where).isEqualTo(named);
            found.forEach(name ->
                    assertMatches(
                            value.path(name),
                            schema.path("properties").path(name),
                            where + "." + name));
        }
    }

    private static String typeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case OBJECT -> "object";
            case ARRAY -> "array";
            case STRING -> "string";
            case BOOLEAN -> "boolean";
            case NULL -> "null";
            case NUMBER -> value.isIntegralNumber() ? "integer" : "number";
            default -> throw new AssertionError(value.getNodeType());
        };
    }

    private static JsonNode schema(JsonNode response, String mediaType) {
        return response.path("content").path(mediaType).path("schema");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
