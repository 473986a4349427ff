package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Each mount has a volume and each volume a mount; a pod of ours has the places to write to that
 * its image expects beside the read-only root, and a service is told how large its own is where no
 * file system tells it. A disk that is made for a pod is of a class that is named.
 */
final class MountRule implements ManifestRule {
    private static final String SCRATCH = "/tmp";
    private static final String WORK = "/var/lib/whence";
    private static final String VOLUME_BYTES = "WHENCE_DISK_VOLUME_BYTES";
    private static final String NOTHING = "nothing";

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            volumes(pod, broken);
            for (JsonNode container : pod.containers()) {
                if (PodTemplate.isOurs(container)) {
                    places(pod, container, broken);
                }
            }
        }
    }

    private static void volumes(PodTemplate pod, Consumer<String> broken) {
        Set<String> volumes = new HashSet<>();
        pod.spec().path("volumes").forEach(volume -> volumes.add(volume.path("name").asText()));
        pod.owner()
                .at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.add(Manifests.name(claim)));
        var unused = new HashSet<>(volumes);
        for (JsonNode container : pod.containers()) {
            var byPath = new HashMap<String, String>();
            for (JsonNode mount : container.path("volumeMounts")) {
                String volume = mount.path("name").asText();
                unused.remove(volume);
                if (!volumes.contains(volume)) {
                    broken.accept(
                            "%s mounts %s, which is no volume of the pod"
                                    .formatted(pod.title(container), volume));
                }
                String path = mount.path("mountPath").asText();
                if (byPath.put(path, volume) != null) {
                    broken.accept(pod.title(container) + " mounts two volumes at " + path);
                }
            }
        }
        for (JsonNode volume : pod.spec().path("volumes")) {
            JsonNode claim = volume.at("/ephemeral/volumeClaimTemplate/spec");
            if (!claim.isMissingNode() && !claim.has("storageClassName")) {
                broken.accept(
                        "%s: volume %s is of the cluster's default class, which it may not have"
                                .formatted(pod.title(), volume.path("name").asText()));
            }
        }
        unused.forEach(volume ->
                broken.accept(pod.title() + " has a volume that nobody mounts: " + volume));
    }

    private static void places(PodTemplate pod, JsonNode container, Consumer<String> broken) {
        Set<String> paths = new HashSet<>();
        container
                .path("volumeMounts")
                .forEach(mount -> paths.add(mount.path("mountPath").asText()));
        boolean service = container.path("image").asText().contains("-service:");
        for (String place : service ? List.of(SCRATCH, WORK) : List.of(SCRATCH)) {
            if (!paths.contains(place)) {
                broken.accept(pod.title(container) + " cannot write to " + place);
            }
        }
        if (service && !told(container).equals(limit(pod, container))) {
            broken.accept(
                    "%s is told %s of its volume where %s is limited to %s"
                            .formatted(
                                    pod.title(container),
                                    told(container),
                                    WORK,
                                    limit(pod, container)));
        }
    }

    private static String told(JsonNode container) {
        return container
                .path("env")
                .valueStream()
                .filter(variable -> variable.path("name").asText().equals(VOLUME_BYTES))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse(NOTHING);
    }

    /** Of the directory of the node that it works in; none for a disk of its own. */
    private static String limit(PodTemplate pod, JsonNode container) {
        return container
                .path("volumeMounts")
                .valueStream()
                .filter(mount -> mount.path("mountPath").asText().equals(WORK))
                .flatMap(mount ->
                        pod.spec()
                                .path("volumes")
                                .valueStream()
                                .filter(volume -> volume.path("name").equals(mount.path("name"))))
                .map(volume -> volume.at("/emptyDir/sizeLimit"))
                .filter(limit -> !limit.isMissingNode())
                .map(limit -> Quantity.parse(limit.asText()).toPlainString())
                .findFirst()
                .orElse(NOTHING);
    }
}
