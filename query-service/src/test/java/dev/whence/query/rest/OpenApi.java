package dev.whence.query.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The contract as it is served, as the judge of answers: each must have a status that its operation
 * tells, and be what is told of it, with no field more.
 */
final class OpenApi {
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** One call. */
    record Operation(String method, String path, JsonNode told) {
        String id() {
            return told.path("operationId").asText();
        }

        boolean serves(String asked) {
            String pattern = path.replaceAll("\\{[a-z_]+}", "[^/]+");
            return Pattern.matches(pattern, asked);
        }
    }

    private final JsonNode document;
    private final JsonNode strict;
    private final Map<String, JsonSchema> compiled = new HashMap<>();

    OpenApi(JsonNode document) {
        this.document = document;
        this.strict = document.deepCopy();
        for (JsonNode schema : strict.path("components").path("schemas")) {
            if (schema.has("properties")) {
                ((ObjectNode) schema).put("additionalProperties", false);
            }
        }
    }

    JsonNode document() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .fields()
                .forEachRemaining(path ->
                        path.getValue()
                                .fields()
                                .forEachRemaining(method ->
                                        operations.add(
                                                new Operation(
                                                        method.getKey().toUpperCase(),
                                                        path.getKey(),
                                                        method.getValue()))));
        return operations;
    }

    /** The names of all fields that a question may have in its body, those inside others, too. */
    Set<String> bodyFields(Operation operation) {
        Set<String> names = new TreeSet<>();
        for (JsonNode content : resolved(operation.told().path("requestBody")).path("content")) {
            addFields(content.path("schema"), names);
        }
        return names;
    }

    private void addFields(JsonNode reference, Set<String> names) {
        JsonNode schema = resolved(reference);
        schema.path("properties")
                .fields()
                .forEachRemaining(field -> {
                    if (names.add(field.getKey())) {
                        addFields(field.getValue(), names);
                    }
                });
        if (schema.has("items")) {
            addFields(schema.path("items"), names);
        }
        for (String combined : List.of("allOf", "anyOf", "oneOf")) {
            schema.path(combined).forEach(part -> addFields(part, names));
        }
    }

    /** Checks an answer to an address, without its query. */
    void check(String method, String path, HttpResponse<String> answer) throws Exception {
        Operation operation =
                operations().stream()
                        .filter(each -> each.method().equals(method) && each.serves(path))
                        .findFirst()
                        .orElseThrow(() -> new AssertionError("no operation: " + path));
        String status = Integer.toString(answer.statusCode());
        JsonNode told = resolved(operation.told().path("responses").path(status));
        assertThat(told.isMissingNode())
                .as("%s %s answers %s: %s", method, path, status, answer.body())
                .isFalse();
        if (answer.statusCode() == 304) {
            return;
        }
        String type = answer.headers().firstValue("content-type").orElse("").replaceAll(";.*", "");
        assertThat(told.path("content").has(type)).as("%s %s as %s", path, status, type).isTrue();
        if (!type.equals("application/json") && !type.equals("application/problem+json")) {
            return;
        }
        JsonNode schema = told.path("content").path(type).path("schema");
        assertThat(schema.isMissingNode()).as("%s %s as %s", path, status, type).isFalse();
        check(schema, Client.parse(answer), method + " " + path);
    }

    /** Checks a value against a schema of the document. */
    void check(JsonNode schema, JsonNode value, String where) {
        JsonSchema judge = compiled.computeIfAbsent(schema.toString(), key -> compile(schema));
        assertThat(judge.validate(value)).as("%s: %s", where, value).isEmpty();
    }

    /** What a reference stands for. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    private JsonSchema compile(JsonNode schema) {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set("components", strict.path("components"));
        return SCHEMAS.getSchema(whole);
    }
}
