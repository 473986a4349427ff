package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Nothing flows that no policy names, what leaves one pod for another is let in there, and the
 * ports of policies are there.
 */
final class FlowRule implements ManifestRule {
    private static final Set<String> BOTH = Set.of("Ingress", "Egress");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        Set<String> namespaces = new TreeSet<>();
        manifests.pods().forEach(pod -> namespaces.add(pod.namespace()));
        for (String namespace : namespaces) {
            if (policies(manifests, namespace).stream().noneMatch(FlowRule::deniesAll)) {
                broken.accept("namespace " + namespace + " has no policy that denies the rest");
            }
        }
        for (PodTemplate from : manifests.pods()) {
            leaving(manifests, from, broken);
        }
        manifests.ofKind("NetworkPolicy").forEach(policy -> arriving(manifests, policy, broken));
    }

    private static List<JsonNode> policies(Manifests manifests, String namespace) {
        return manifests
                .ofKind("NetworkPolicy")
                .filter(policy -> Manifests.namespace(policy).equals(namespace))
                .toList();
    }

    private static boolean deniesAll(JsonNode policy) {
        Set<String> types = new TreeSet<>();
        policy.at("/spec/policyTypes").forEach(type -> types.add(type.asText()));
        return policy.at("/spec/podSelector").isEmpty()
                && types.containsAll(BOTH)
                && policy.at("/spec/ingress").isEmpty()
                && policy.at("/spec/egress").isEmpty();
    }

    private static void leaving(Manifests manifests, PodTemplate from, Consumer<String> broken) {
        for (JsonNode policy : policies(manifests, from.namespace())) {
            if (!Selectors.matches(policy.at("/spec/podSelector"), from.labels())) {
                continue;
            }
            for (JsonNode rule : policy.at("/spec/egress")) {
                for (JsonNode peer : rule.path("to")) {
                    if (peer.has("podSelector") && !peer.has("namespaceSelector")) {
                        within(manifests, policy, from, rule, peer.path("podSelector"), broken);
                    }
                }
            }
        }
    }

    private static void within(
            Manifests manifests,
            JsonNode policy,
            PodTemplate from,
            JsonNode rule,
            JsonNode selector,
            Consumer<String> broken) {
        List<PodTemplate> targets = manifests.selected(from.namespace(), selector);
        if (targets.isEmpty()) {
            broken.accept(Manifests.title(policy) + " leads to no pod: " + selector);
        }
        for (PodTemplate target : targets) {
            for (JsonNode port : rule.path("ports")) {
                if (!target.hasPort(port.path("port"))) {
                    broken.accept(
                            "%s leads to port %s, which is none of %s"
                                    .formatted(
                                            Manifests.title(policy),
                                            port.path("port").asText(),
                                            target.title()));
                }
            }
            if (!letsIn(manifests, target, from)) {
                broken.accept(
                        "%s may leave for %s, but is not let in"
                                .formatted(from.title(), target.title()));
            }
        }
    }

    private static boolean letsIn(Manifests manifests, PodTemplate target, PodTemplate from) {
        for (JsonNode policy : policies(manifests, target.namespace())) {
            if (!Selectors.matches(policy.at("/spec/podSelector"), target.labels())) {
                continue;
            }
            for (JsonNode rule : policy.at("/spec/ingress")) {
                for (JsonNode peer : rule.path("from")) {
                    if (peer.has("podSelector")
                            && !peer.has("namespaceSelector")
                            && Selectors.matches(peer.path("podSelector"), from.labels())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static void arriving(Manifests manifests, JsonNode policy, Consumer<String> broken) {
        List<PodTemplate> targets =
                manifests.selected(Manifests.namespace(policy), policy.at("/spec/podSelector"));
        for (JsonNode rule : policy.at("/spec/ingress")) {
            if (rule.path("from").isEmpty()) {
                broken.accept(Manifests.title(policy) + " lets everybody in");
            }
            for (JsonNode peer : rule.path("from")) {
                if (peer.has("podSelector")
                        && !peer.has("namespaceSelector")
                        && manifests
                                .selected(Manifests.namespace(policy), peer.path("podSelector"))
                                .isEmpty()) {
                    broken.accept(Manifests.title(policy) + " lets in who is not there: " + peer);
                }
            }
            for (JsonNode port : rule.path("ports")) {
                for (PodTemplate target : targets) {
                    if (!target.hasPort(port.path("port"))) {
                        broken.accept(
                                "%s opens port %s, which is none of %s"
                                        .formatted(
                                                Manifests.title(policy),
                                                port.path("port").asText(),
                                                target.title()));
                    }
                }
            }
        }
    }
}
