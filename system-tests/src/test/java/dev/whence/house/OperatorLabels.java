package dev.whence.house;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import java.util.TreeSet;

/**
 * The labels that the Prometheus operator puts to each sample. What the sample itself says under
 * one of these names is then called {@code exported_…}, unless a monitor gives it back.
 */
public final class OperatorLabels {
    private static final Set<String> ALL =
            Set.of("service", "pod", "namespace", "endpoint", "container");

    private OperatorLabels() {}

    /**
     * The names under which an endpoint of a ServiceMonitor finds what the operator says, not what
     * the sample does.
     */
    public static Set<String> hidden(JsonNode endpoint) {
        var hidden = new TreeSet<>(ALL);
        hidden.removeIf(label ->
                endpoint.path("metricRelabelings")
                        .valueStream()
                        .anyMatch(rule -> givesBack(rule, label)));
        return hidden;
    }

    private static boolean givesBack(JsonNode rule, String label) {
        return rule.path("targetLabel").asText().equals(label)
                && rule.path("sourceLabels").size() == 1
                && rule.path("sourceLabels").path(0).asText().equals("exported_" + label)
                && rule.path("regex").asText().equals("(.+)")
                && !rule.has("replacement");
    }
}
