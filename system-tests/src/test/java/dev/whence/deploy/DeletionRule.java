package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Two delete, the indexer and the nightly job: they are told the same of when, and whether at all.
 * Who tells one alone to delete nothing would have the other do it.
 */
final class DeletionRule implements ManifestRule {
    private static final List<String> TOLD_TO_BOTH =
            List.of("WHENCE_INDEXER_GRACE", "WHENCE_INDEXER_DRY_RUN", "WHENCE_STORE_LOCATION");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        Optional<PodTemplate> indexer = find(manifests, "Deployment indexer-service");
        Optional<PodTemplate> retire = find(manifests, "CronJob retire");
        if (indexer.isEmpty() || retire.isEmpty()) {
            broken.accept("nobody deletes what old versions left, or nobody sees to it");
            return;
        }
        for (String setting : TOLD_TO_BOTH) {
            String one = told(manifests, indexer.get(), setting);
            String other = told(manifests, retire.get(), setting);
            if (!one.equals(other)) {
                broken.accept(
                        "%s is told '%s' of %s, and %s '%s'"
                                .formatted(
                                        indexer.get().title(),
                                        one,
                                        setting,
                                        retire.get().title(),
                                        other));
            }
        }
    }

    private static Optional<PodTemplate> find(Manifests manifests, String title) {
        return manifests.pods().stream().filter(pod -> pod.title().equals(title)).findFirst();
    }

    /** By a variable of its own, or else by the settings; empty if nobody says it. */
    private static String told(Manifests manifests, PodTemplate pod, String setting) {
        String told = "";
        for (JsonNode container : pod.containers()) {
            for (JsonNode source : container.path("envFrom")) {
                String map = source.at("/configMapRef/name").asText();
                told =
                        manifests
                                .find("ConfigMap", pod.namespace(), map)
                                .map(found -> found.path("data").path(setting).asText())
                                .filter(value -> !value.isEmpty())
                                .orElse(told);
            }
            for (JsonNode variable : container.path("env")) {
                if (variable.path("name").asText().equals(setting)) {
                    told = variable.path("value").asText();
                }
            }
        }
        return told;
    }
}
