package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * A flow that may lead anywhere does so by IPv4 and IPv6, and by neither to where a machine tells
 * the keys of its own role.
 */
final class WorldRule implements ManifestRule {
    /** All addresses of a family, and the range in it that is never to be reached. */
    private static final Map<String, String> WORLDS =
            Map.of("0.0.0.0/0", "169.254.0.0/16", "::/0", "fd00:ec2::/32");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        manifests
                .ofKind("NetworkPolicy")
                .forEach(policy ->
                        policy.at("/spec/egress").forEach(rule -> rule(policy, rule, broken)));
    }

    private static void rule(JsonNode policy, JsonNode rule, Consumer<String> broken) {
        Set<String> families = new TreeSet<>();
        for (JsonNode peer : rule.path("to")) {
            String cidr = peer.at("/ipBlock/cidr").asText();
            String metadata = WORLDS.get(cidr);
            if (metadata == null) {
                continue;
            }
            families.add(cidr);
            if (peer.at("/ipBlock/except")
                    .valueStream()
                    .noneMatch(range -> range.asText().equals(metadata))) {
                broken.accept(
                        "%s leads to the metadata service of machines, in %s"
                                .formatted(Manifests.title(policy), metadata));
            }
        }
        if (families.size() == 1) {
            broken.accept(
                    "%s leads everywhere, but by %s alone"
                            .formatted(Manifests.title(policy), families));
        }
    }
}
