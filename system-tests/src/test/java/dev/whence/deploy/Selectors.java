package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** Whether labels match a selector, as Kubernetes decides it. */
final class Selectors {
    private Selectors() {}

    /**
     * @param selector {@code matchLabels} and {@code matchExpressions}; empty matches all
     */
    static boolean matches(JsonNode selector, JsonNode labels) {
        if (!hasAll(selector.path("matchLabels"), labels)) {
            return false;
        }
        for (JsonNode expression : selector.path("matchExpressions")) {
            if (!holds(expression, labels)) {
                return false;
            }
        }
        return true;
    }

    /** Whether the labels hold each of these, as a Service selects. */
    static boolean hasAll(JsonNode wanted, JsonNode labels) {
        for (Map.Entry<String, JsonNode> label : wanted.properties()) {
            if (!label.getValue().equals(labels.path(label.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(JsonNode expression, JsonNode labels) {
        JsonNode label = labels.path(expression.path("key").asText());
        boolean listed = false;
        for (JsonNode value : expression.path("values")) {
            listed |= value.equals(label);
        }
        return switch (expression.path("operator").asText()) {
            case "In" -> listed;
            case "NotIn" -> !listed;
            case "Exists" -> !label.isMissingNode();
            case "DoesNotExist" -> label.isMissingNode();
            default -> throw new IllegalArgumentException("no such operator: " + expression);
        };
    }
}
