package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every container says what it needs, and at most how much memory it takes; no request is above its
 * limit.
 */
final class ResourceRule implements ManifestRule {
    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            for (JsonNode container : pod.containers()) {
                resources(pod.title(container), container.path("resources"), broken);
            }
            for (JsonNode volume : pod.spec().path("volumes")) {
                if (volume.has("emptyDir") && !volume.path("emptyDir").has("sizeLimit")) {
                    broken.accept(
                            "%s: volume %s may fill the node's disk, it has no sizeLimit"
                                    .formatted(pod.title(), volume.path("name").asText()));
                }
            }
        }
    }

    private static void resources(String title, JsonNode resources, Consumer<String> broken) {
        for (String resource : List.of("cpu", "memory")) {
            if (!resources.path("requests").has(resource)) {
                broken.accept(title + " requests no " + resource);
            }
        }
        if (!resources.path("limits").has("memory")) {
            broken.accept(title + " has no limit of memory");
        }
        for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
            JsonNode limit = resources.path("limits").path(request.getKey());
            if (!limit.isMissingNode()
                    && Quantity.parse(request.getValue().asText())
                                    .compareTo(Quantity.parse(limit.asText()))
                            > 0) {
                broken.accept(
                        "%s requests %s of %s, above its limit of %s"
                                .formatted(
                                        title,
                                        request.getValue().asText(),
                                        request.getKey(),
                                        limit.asText()));
            }
        }
    }
}
