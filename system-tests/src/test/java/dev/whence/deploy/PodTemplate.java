package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a workload makes its pods of.
 *
 * @param owner the workload
 * @param template its pod template
 */
record PodTemplate(JsonNode owner, JsonNode template) {
    String namespace() {
        return Manifests.namespace(owner);
    }

    String title() {
        return Manifests.title(owner);
    }

    JsonNode labels() {
        return template.at("/metadata/labels");
    }

    JsonNode spec() {
        return template.path("spec");
    }

    /** Those that run first included. */
    List<JsonNode> containers() {
        var containers = new ArrayList<JsonNode>();
        spec().path("initContainers").forEach(containers::add);
        spec().path("containers").forEach(containers::add);
        return containers;
    }

    String title(JsonNode container) {
        return title() + ", container " + container.path("name").asText();
    }

    /** Whether a port, by name or number, is one of its containers'. */
    boolean hasPort(JsonNode port) {
        return ports().contains(port.asText());
    }

    private Set<String> ports() {
        var ports = new HashSet<String>();
        for (JsonNode container : containers()) {
            for (JsonNode port : container.path("ports")) {
                ports.add(port.path("name").asText());
                ports.add(port.path("containerPort").asText());
            }
        }
        return ports;
    }

    /** Whether the container runs an image of Whence, from whichever registry. */
    static boolean isOurs(JsonNode container) {
        return isOurs(container.path("image").asText());
    }

    static boolean isOurs(String image) {
        return image.startsWith("whence/") || image.contains("/whence/");
    }
}
