package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Consumer;

/** Whatever changes or keeps the number of replicas has bounds that can be kept. */
final class ScalingRule implements ManifestRule {
    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        manifests
                .ofKind("HorizontalPodAutoscaler")
                .forEach(scaler -> scaler(manifests, scaler, "minReplicas", "maxReplicas", broken));
        manifests
                .ofKind("ScaledObject")
                .forEach(scaler -> {
                    scaler(manifests, scaler, "minReplicaCount", "maxReplicaCount", broken);
                    triggers(manifests, scaler, broken);
                });
        manifests
                .ofKind("PodDisruptionBudget")
                .forEach(budget -> budget(manifests, budget, broken));
    }

    private static void scaler(
            Manifests manifests,
            JsonNode scaler,
            String minimum,
            String maximum,
            Consumer<String> broken) {
        int least = scaler.path("spec").path(minimum).asInt(0);
        int most = scaler.path("spec").path(maximum).asInt(0);
        if (least < 1 || least > most) {
            broken.accept(
                    "%s scales from %d to %d".formatted(Manifests.title(scaler), least, most));
        }
        JsonNode reference = scaler.at("/spec/scaleTargetRef");
        Optional<JsonNode> target =
                manifests.find(
                        reference.path("kind").asText(),
                        Manifests.namespace(scaler),
                        reference.path("name").asText());
        if (target.isEmpty()) {
            broken.accept(Manifests.title(scaler) + " scales what is not there: " + reference);
        } else if (target.get().path("spec").has("replicas")) {
            broken.accept(
                    Manifests.title(target.get()) + " says its replicas, and so does a scaler");
        }
    }

    /** The lag that is looked at is that of our group on our topic. */
    private static void triggers(Manifests manifests, JsonNode scaler, Consumer<String> broken) {
        for (JsonNode trigger : scaler.at("/spec/triggers")) {
            JsonNode kafka = trigger.path("metadata");
            String authentication = trigger.at("/authenticationRef/name").asText();
            if (manifests
                    .find("TriggerAuthentication", Manifests.namespace(scaler), authentication)
                    .isEmpty()) {
                broken.accept(
                        Manifests.title(scaler)
                                + " asks by what is not there: TriggerAuthentication "
                                + authentication);
            }
            same(manifests, scaler, kafka.path("topic"), "WHENCE_KAFKA_TOPIC", broken);
            same(manifests, scaler, kafka.path("consumerGroup"), "WHENCE_KAFKA_GROUP", broken);
            same(
                    manifests,
                    scaler,
                    kafka.path("bootstrapServers"),
                    "WHENCE_KAFKA_BOOTSTRAP_SERVERS",
                    broken);
            manifests
                    .ofKind("KafkaTopic")
                    .filter(topic -> Manifests.name(topic).equals(kafka.path("topic").asText()))
                    .filter(topic ->
                            topic.at("/spec/partitions").asInt()
                                    < scaler.at("/spec/maxReplicaCount").asInt())
                    .forEach(topic ->
                            broken.accept(
                                    Manifests.title(scaler)
                                            + " makes more replicas than the topic has"
                                            + " partitions"));
        }
    }

    private static void same(
            Manifests manifests,
            JsonNode scaler,
            JsonNode said,
            String setting,
            Consumer<String> broken) {
        manifests
                .ofKind("ConfigMap")
                .map(map -> map.path("data").path(setting))
                .filter(value -> !value.isMissingNode() && !value.equals(said))
                .forEach(value ->
                        broken.accept(
                                "%s says '%s' where %s is '%s'"
                                        .formatted(
                                                Manifests.title(scaler),
                                                said.asText(),
                                                setting,
                                                value.asText())));
    }

    private static void budget(Manifests manifests, JsonNode budget, Consumer<String> broken) {
        if (!budget.at("/spec/unhealthyPodEvictionPolicy").asText().equals("AlwaysAllow")) {
            broken.accept(
                    Manifests.title(budget) + " lets no node be emptied while nobody is ready");
        }
        int maxUnavailable = budget.at("/spec/maxUnavailable").asInt(0);
        int minAvailable = budget.at("/spec/minAvailable").asInt(Integer.MAX_VALUE);
        for (PodTemplate pod :
                manifests.selected(Manifests.namespace(budget), budget.at("/spec/selector"))) {
            if (maxUnavailable < 1 && minAvailable >= replicas(manifests, pod.owner())) {
                broken.accept(
                        Manifests.title(budget) + " lets no node be emptied of " + pod.title());
            }
        }
    }

    /** How many there are at least. */
    private static int replicas(Manifests manifests, JsonNode workload) {
        return manifests
                .ofKind("HorizontalPodAutoscaler")
                .filter(scaler ->
                        scaler.at("/spec/scaleTargetRef/name")
                                .asText()
                                .equals(Manifests.name(workload)))
                .mapToInt(scaler -> scaler.at("/spec/minReplicas").asInt(1))
                .findFirst()
                .orElse(workload.at("/spec/replicas").asInt(1));
    }
}
