package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Consumer;

/** A port that is named somewhere is there. */
final class PortRule implements ManifestRule {
    private static final List<String> PROBES =
            List.of("startupProbe", "livenessProbe", "readinessProbe");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        manifests.pods().forEach(pod -> probes(pod, broken));
        manifests.ofKind("Service").forEach(service -> targets(manifests, service, broken));
        manifests.ofKind("Ingress").forEach(ingress -> backends(manifests, ingress, broken));
        manifests.ofKind("ServiceMonitor").forEach(monitor -> scraped(manifests, monitor, broken));
    }

    private static void probes(PodTemplate pod, Consumer<String> broken) {
        for (JsonNode container : pod.containers()) {
            for (String probe : PROBES) {
                for (String way : List.of("httpGet", "tcpSocket")) {
                    JsonNode port = container.path(probe).path(way).path("port");
                    if (!port.isMissingNode() && !pod.hasPort(port)) {
                        broken.accept(
                                "%s: its %s asks port %s, which is none of its ports"
                                        .formatted(pod.title(container), probe, port.asText()));
                    }
                }
            }
        }
    }

    private static void targets(Manifests manifests, JsonNode service, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            if (!SelectorRule.selects(service, pod)) {
                continue;
            }
            for (JsonNode port : service.at("/spec/ports")) {
                JsonNode target =
                        port.has("targetPort") ? port.path("targetPort") : port.path("port");
                if (!pod.hasPort(target)) {
                    broken.accept(
                            "%s leads to port %s, which is none of %s"
                                    .formatted(
                                            Manifests.title(service),
                                            target.asText(),
                                            pod.title()));
                }
            }
        }
    }

    private static void backends(Manifests manifests, JsonNode ingress, Consumer<String> broken) {
        for (JsonNode rule : ingress.at("/spec/rules")) {
            for (JsonNode path : rule.at("/http/paths")) {
                JsonNode backend = path.at("/backend/service");
                boolean found =
                        manifests
                                .find(
                                        "Service",
                                        Manifests.namespace(ingress),
                                        backend.path("name").asText())
                                .filter(service -> hasPort(service, backend.path("port")))
                                .isPresent();
                if (!found) {
                    broken.accept(
                            "%s leads to a service and port that are not there: %s"
                                    .formatted(Manifests.title(ingress), backend));
                }
            }
        }
    }

    private static void scraped(Manifests manifests, JsonNode monitor, Consumer<String> broken) {
        for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
            for (JsonNode service : SelectorRule.services(manifests, monitor)) {
                boolean named = false;
                for (JsonNode port : service.at("/spec/ports")) {
                    named |= port.path("name").equals(endpoint.path("port"));
                }
                if (!named) {
                    broken.accept(
                            "%s scrapes port %s, which %s does not have"
                                    .formatted(
                                            Manifests.title(monitor),
                                            endpoint.path("port").asText(),
                                            Manifests.title(service)));
                }
            }
        }
    }

    private static boolean hasPort(JsonNode service, JsonNode wanted) {
        for (JsonNode port : service.at("/spec/ports")) {
            if (wanted.has("name")
                    ? port.path("name").equals(wanted.path("name"))
                    : port.path("port").equals(wanted.path("number"))) {
                return true;
            }
        }
        return false;
    }
}
