package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** Selectors match labels: of their own pods, of somebody's pods, of a service. */
final class SelectorRule implements ManifestRule {
    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            ownPods(pod, broken);
        }
        for (String kind : List.of("PodDisruptionBudget", "NetworkPolicy")) {
            String field = kind.equals("NetworkPolicy") ? "/spec/podSelector" : "/spec/selector";
            manifests
                    .ofKind(kind)
                    .filter(object ->
                            manifests
                                    .selected(Manifests.namespace(object), object.at(field))
                                    .isEmpty())
                    .forEach(object -> broken.accept(Manifests.title(object) + " selects no pod"));
        }
        manifests
                .ofKind("Service")
                .filter(service -> service.at("/spec").has("selector"))
                .filter(service ->
                        manifests.pods().stream().noneMatch(pod -> selects(service, pod)))
                .forEach(service -> broken.accept(Manifests.title(service) + " selects no pod"));
        manifests
                .ofKind("ServiceMonitor")
                .filter(monitor -> services(manifests, monitor).isEmpty())
                .forEach(
                        monitor -> broken.accept(Manifests.title(monitor) + " selects no service"));
    }

    private static void ownPods(PodTemplate pod, Consumer<String> broken) {
        JsonNode selector = pod.owner().at("/spec/selector");
        if (!selector.isMissingNode() && !Selectors.matches(selector, pod.labels())) {
            broken.accept(pod.title() + " does not select its own pods");
        }
        for (JsonNode spread : pod.spec().path("topologySpreadConstraints")) {
            if (!Selectors.matches(spread.path("labelSelector"), pod.labels())) {
                broken.accept(pod.title() + " spreads pods that are not its own");
            }
        }
    }

    static boolean selects(JsonNode service, PodTemplate pod) {
        return Manifests.namespace(service).equals(pod.namespace())
                && service.at("/spec").has("selector")
                && Selectors.hasAll(service.at("/spec/selector"), pod.labels());
    }

    /** Services that a ServiceMonitor selects and that have pods behind them. */
    static List<JsonNode> services(Manifests manifests, JsonNode monitor) {
        return manifests
                .ofKind("Service")
                .filter(service ->
                        Selectors.matches(
                                monitor.at("/spec/selector"), service.at("/metadata/labels")))
                .filter(service -> service.at("/spec").has("selector"))
                .toList();
    }
}
