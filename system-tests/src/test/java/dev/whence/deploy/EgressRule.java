package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who is told an address may leave for its port. */
final class EgressRule implements ManifestRule {
    private static final List<String> ALL =
            List.of("ingest-service", "indexer-service", "query-service", "check", "deep-check");

    /** Settings that hold addresses, and who goes there. */
    private static final Map<String, List<String>> ADDRESSES =
            Map.of(
                    "WHENCE_STORE_ENDPOINT", ALL,
                    "WHENCE_KAFKA_BOOTSTRAP_SERVERS", List.of("ingest-service"),
                    "WHENCE_TRACES_ENDPOINT", List.of("ingest-service", "indexer-service"));

    private static final Pattern PORT = Pattern.compile("[^/,]:(\\d+)");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (JsonNode settings : manifests.ofKind("ConfigMap").toList()) {
            ADDRESSES.forEach((name, users) -> {
                Matcher ports = PORT.matcher(settings.path("data").path(name).asText());
                while (ports.find()) {
                    String port = ports.group(1);
                    manifests.pods().stream()
                            .filter(pod -> users.contains(Manifests.name(pod.owner())))
                            .filter(pod -> !mayLeave(manifests, pod, port))
                            .forEach(pod ->
                                    broken.accept(
                                            "%s may not leave for port %s of %s"
                                                    .formatted(pod.title(), port, name)));
                }
            });
        }
    }

    private static boolean mayLeave(Manifests manifests, PodTemplate pod, String port) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> Manifests.namespace(policy).equals(pod.namespace()))
                .filter(policy -> Selectors.matches(policy.at("/spec/podSelector"), pod.labels()))
                .flatMap(policy -> policy.findValues("egress").stream())
                .flatMap(egress -> egress.findValues("port").stream())
                .anyMatch(opened -> number(manifests, opened).equals(port));
    }

    /** A port by its number, where it is named by that of a container. */
    private static String number(Manifests manifests, JsonNode port) {
        return manifests.pods().stream()
                .flatMap(pod -> pod.containers().stream())
                .flatMap(container -> container.findValues("ports").stream())
                .flatMap(ports -> ports.valueStream())
                .filter(named -> named.path("name").equals(port))
                .map(named -> named.path("containerPort").asText())
                .findFirst()
                .orElse(port.asText());
    }
}
