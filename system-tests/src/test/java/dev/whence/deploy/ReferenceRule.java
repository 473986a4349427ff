package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is referred to is there, key by key. Secrets are not: whoever deploys makes them, so their
 * names and keys are few and written down here. One whose keys are variables holds no files: their
 * bytes would be variables, too, and no container starts with those.
 */
final class ReferenceRule implements ManifestRule {
    private static final Map<String, Set<String>> SECRETS =
            Map.of(
                    "whence-store", Set.of("WHENCE_STORE_ACCESS_KEY", "WHENCE_STORE_SECRET_KEY"),
                    "whence-kafka", Set.of(),
                    "whence-kafka-files", Set.of("ca.crt"));

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        if (manifests.ofKind("Secret").findAny().isPresent()) {
            broken.accept("a Secret stands among the manifests");
        }
        for (JsonNode object : manifests.objects()) {
            if (!Set.of("Namespace").contains(object.path("kind").asText())
                    && Manifests.namespace(object).isEmpty()) {
                broken.accept(Manifests.title(object) + " is in no namespace");
            }
        }
        manifests
                .ofKind("TriggerAuthentication")
                .forEach(authentication ->
                        authentication
                                .at("/spec/secretTargetRef")
                                .forEach(secret ->
                                        key(Manifests.title(authentication), secret, broken)));
        for (PodTemplate pod : manifests.pods()) {
            JsonNode account = pod.spec().path("serviceAccountName");
            if (!account.isMissingNode()
                    && manifests
                            .find("ServiceAccount", pod.namespace(), account.asText())
                            .isEmpty()) {
                broken.accept(pod.title() + " has no such service account: " + account.asText());
            }
            Set<String> variables = new HashSet<>();
            for (JsonNode container : pod.containers()) {
                container
                        .path("envFrom")
                        .forEach(source -> variables.add(source.at("/secretRef/name").asText()));
                whole(manifests, pod, container, broken);
                single(manifests, pod, container, broken);
            }
            for (JsonNode volume : pod.spec().path("volumes")) {
                if (volume.has("configMap")) {
                    configMap(
                            manifests, pod, volume.path("configMap").path("name").asText(), broken);
                }
                if (volume.has("secret")) {
                    String name = volume.at("/secret/secretName").asText();
                    secret(pod.title(), name, broken);
                    if (variables.contains(name)) {
                        broken.accept(
                                pod.title() + " takes a secret as variables and as files: " + name);
                    }
                }
            }
        }
    }

    private static void whole(
            Manifests manifests, PodTemplate pod, JsonNode container, Consumer<String> broken) {
        for (JsonNode source : container.path("envFrom")) {
            if (source.has("configMapRef")) {
                configMap(manifests, pod, source.at("/configMapRef/name").asText(), broken);
            }
            if (source.has("secretRef")) {
                secret(pod.title(container), source.at("/secretRef/name").asText(), broken);
            }
        }
    }

    private static void secret(String who, String name, Consumer<String> broken) {
        if (!SECRETS.containsKey(name)) {
            broken.accept(who + " takes a secret nobody makes: " + name);
        }
    }

    private static void key(String who, JsonNode secret, Consumer<String> broken) {
        if (!SECRETS.getOrDefault(secret.path("name").asText(), Set.of())
                .contains(secret.path("key").asText())) {
            broken.accept(who + " takes a key of a secret nobody makes: " + secret);
        }
    }

    private static void single(
            Manifests manifests, PodTemplate pod, JsonNode container, Consumer<String> broken) {
        for (JsonNode variable : container.path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (!secret.isMissingNode()) {
                key(pod.title(container), secret, broken);
            }
            JsonNode key = variable.at("/valueFrom/configMapKeyRef");
            if (!key.isMissingNode()
                    && manifests
                            .find("ConfigMap", pod.namespace(), key.path("name").asText())
                            .filter(map -> map.path("data").has(key.path("key").asText()))
                            .isEmpty()) {
                broken.accept(pod.title(container) + " takes a key that is not there: " + key);
            }
            if (List.of("SECRET", "PASSWORD", "TOKEN").stream()
                            .anyMatch(variable.path("name").asText()::contains)
                    && variable.has("value")) {
                broken.accept(
                        "%s has a secret in plain sight: %s"
                                .formatted(pod.title(container), variable.path("name").asText()));
            }
        }
    }

    private static void configMap(
            Manifests manifests, PodTemplate pod, String name, Consumer<String> broken) {
        if (manifests.find("ConfigMap", pod.namespace(), name).isEmpty()) {
            broken.accept(pod.title() + " refers to a ConfigMap that is not there: " + name);
        }
    }
}
