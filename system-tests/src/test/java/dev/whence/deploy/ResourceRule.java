package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Every container says what it needs, and at most how much memory it takes; no request is above its
 * limit. What directories of the node may grow to is bounded, and some of it asked for.
 */
final class ResourceRule implements ManifestRule {
    private static final String NODE_DISK = "ephemeral-storage";

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
            disk(pod, broken);
        }
    }

    /** A pod that asks for none of the node's disk is put where there is none, and out first. */
    private static void disk(PodTemplate pod, Consumer<String> broken) {
        BigDecimal most = sum(pod.spec().path("volumes").valueStream(), "/emptyDir/sizeLimit");
        BigDecimal asked = sum(pod.containers().stream(), "/resources/requests/" + NODE_DISK);
        if (most.signum() > 0 && asked.signum() == 0) {
            broken.accept(pod.title() + " requests no " + NODE_DISK + " for its directories");
        }
        if (asked.compareTo(most) > 0) {
            broken.accept(
                    "%s requests %s bytes of %s, and its directories take %s at most"
                            .formatted(
                                    pod.title(),
                                    asked.toPlainString(),
                                    NODE_DISK,
                                    most.toPlainString()));
        }
    }

    private static BigDecimal sum(Stream<JsonNode> of, String pointer) {
        return of.map(each -> each.at(pointer))
                .filter(quantity -> !quantity.isMissingNode())
                .map(quantity -> Quantity.parse(quantity.asText()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
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
