package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Every environment variable of our containers is a setting that the code knows, and all have where
 * the store is.
 */
final class SettingRule implements ManifestRule {
    private static final String STORE = "WHENCE_STORE_LOCATION";
    private static final String BROKER = "WHENCE_KAFKA_BOOTSTRAP_SERVERS";

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            for (JsonNode container : pod.containers()) {
                if (PodTemplate.isOurs(container)) {
                    settings(manifests, pod, container, broken);
                }
            }
        }
    }

    private static void settings(
            Manifests manifests, PodTemplate pod, JsonNode container, Consumer<String> broken) {
        Set<String> names = new HashSet<>();
        container.path("env").forEach(variable -> names.add(variable.path("name").asText()));
        for (JsonNode source : container.path("envFrom")) {
            manifests
                    .find("ConfigMap", pod.namespace(), source.at("/configMapRef/name").asText())
                    .ifPresent(map -> map.path("data").fieldNames().forEachRemaining(names::add));
        }
        names.stream()
                .filter(name -> !SettingNames.isKnown(name))
                .forEach(name ->
                        broken.accept(
                                "%s is told %s, which is no setting"
                                        .formatted(pod.title(container), name)));
        if (!names.contains(STORE)) {
            broken.accept(pod.title(container) + " is not told " + STORE);
        }
        if (container.path("image").asText().contains("whence/ingest-service")
                && !names.contains(BROKER)) {
            broken.accept(pod.title(container) + " is not told " + BROKER);
        }
    }
}
