package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Kinds of operators, which Kubernetes' own schema does not know: of a version that they serve, and
 * with what they cannot be without.
 */
final class CustomResourceRule implements ManifestRule {
    /** By version and kind, pointers to what has to be there. */
    static final Map<String, List<String>> KINDS =
            Map.of(
                    "monitoring.coreos.com/v1/ServiceMonitor",
                    List.of("/spec/selector", "/spec/endpoints/0/port"),
                    "monitoring.coreos.com/v1/PrometheusRule",
                    List.of("/spec/groups/0/name", "/spec/groups/0/rules/0/expr"),
                    "keda.sh/v1alpha1/ScaledObject",
                    List.of(
                            "/spec/scaleTargetRef/name",
                            "/spec/triggers/0/type",
                            "/spec/triggers/0/authenticationRef/name",
                            "/spec/triggers/0/metadata/lagThreshold"),
                    "keda.sh/v1alpha1/TriggerAuthentication",
                    List.of(
                            "/spec/secretTargetRef/0/parameter",
                            "/spec/secretTargetRef/0/name",
                            "/spec/secretTargetRef/0/key"),
                    "kafka.strimzi.io/v1/KafkaTopic",
                    List.of(
                            "/metadata/labels/strimzi.io~1cluster",
                            "/spec/partitions",
                            "/spec/replicas"));

    private static final Set<String> KUBERNETES =
            Set.of(
                    "v1",
                    "apps/v1",
                    "batch/v1",
                    "autoscaling/v2",
                    "policy/v1",
                    "networking.k8s.io/v1");

    static boolean isCustom(JsonNode object) {
        return !KUBERNETES.contains(object.path("apiVersion").asText());
    }

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        manifests.objects().stream()
                .filter(CustomResourceRule::isCustom)
                .forEach(object -> shape(object, broken));
    }

    private static void shape(JsonNode object, Consumer<String> broken) {
        String kind = object.path("apiVersion").asText() + "/" + object.path("kind").asText();
        List<String> needed = KINDS.get(kind);
        if (needed == null) {
            broken.accept(Manifests.title(object) + " is of a kind nobody knows: " + kind);
            return;
        }
        needed.stream()
                .filter(pointer -> object.at(pointer).isMissingNode())
                .forEach(pointer -> broken.accept(Manifests.title(object) + " lacks " + pointer));
    }
}
