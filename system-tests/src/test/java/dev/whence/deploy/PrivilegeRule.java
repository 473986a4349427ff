package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Nobody has a right more than it needs: no root, no capability, no token, nothing of the node, and
 * a root file system that cannot be written.
 */
final class PrivilegeRule implements ManifestRule {
    /** Its image writes its configuration into its root. */
    private static final Set<String> WRITE_THEIR_ROOT = Set.of("apache/kafka");

    private static final Set<String> RIGHTS =
            Set.of("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding");

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (JsonNode object : manifests.objects()) {
            if (RIGHTS.contains(object.path("kind").asText())) {
                broken.accept(Manifests.title(object) + " gives rights in the cluster");
            }
        }
        manifests
                .ofKind("ServiceAccount")
                .filter(account -> account.path("automountServiceAccountToken").asBoolean(true))
                .forEach(account -> broken.accept(Manifests.title(account) + " gives its token"));
        for (PodTemplate pod : manifests.pods()) {
            pod(pod, broken);
            for (JsonNode container : pod.containers()) {
                container(pod, container, broken);
            }
        }
    }

    private static void pod(PodTemplate pod, Consumer<String> broken) {
        JsonNode spec = pod.spec();
        if (spec.path("automountServiceAccountToken").asBoolean(true)) {
            broken.accept(pod.title() + " mounts a token");
        }
        for (String shared :
                List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace")) {
            if (spec.path(shared).asBoolean(false)) {
                broken.accept(pod.title() + " has " + shared);
            }
        }
        for (JsonNode volume : spec.path("volumes")) {
            if (volume.has("hostPath")) {
                broken.accept(
                        pod.title() + " mounts the node: volume " + volume.path("name").asText());
            }
        }
        JsonNode context = spec.path("securityContext");
        if (!context.path("runAsNonRoot").asBoolean(false)
                || context.path("runAsUser").asLong(0) == 0) {
            broken.accept(pod.title() + " may run as root");
        }
        if (!context.at("/seccompProfile/type").asText().equals("RuntimeDefault")) {
            broken.accept(pod.title() + " may make any system call");
        }
    }

    private static void container(PodTemplate pod, JsonNode container, Consumer<String> broken) {
        JsonNode context = container.path("securityContext");
        if (context.path("privileged").asBoolean(false)) {
            broken.accept(pod.title(container) + " is privileged");
        }
        if (context.path("allowPrivilegeEscalation").asBoolean(true)) {
            broken.accept(pod.title(container) + " may gain privileges");
        }
        JsonNode capabilities = context.path("capabilities");
        if (!capabilities.path("drop").path(0).asText().equals("ALL") || capabilities.has("add")) {
            broken.accept(pod.title(container) + " has capabilities");
        }
        if (context.has("runAsUser") || context.has("runAsNonRoot")) {
            broken.accept(pod.title(container) + " runs as another user than its pod");
        }
        if (!context.path("readOnlyRootFilesystem").asBoolean(false)
                && WRITE_THEIR_ROOT.stream()
                        .noneMatch(container.path("image").asText()::startsWith)) {
            broken.accept(pod.title(container) + " may write to its root file system");
        }
        for (JsonNode port : container.path("ports")) {
            if (port.has("hostPort")) {
                broken.accept(pod.title(container) + " takes a port of the node");
            }
        }
    }
}
