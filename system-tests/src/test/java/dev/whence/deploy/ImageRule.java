package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;

/**
 * An image is named by a version; ours by this one's, so that two versions are never mixed, and by
 * the registry that has it, but where images are loaded into the one machine that there is.
 * Without, Docker Hub would be asked for what anybody may put there.
 */
final class ImageRule implements ManifestRule {
    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        for (PodTemplate pod : manifests.pods()) {
            for (JsonNode container : pod.containers()) {
                String image = container.path("image").asText();
                String problem = problem(image);
                if (!problem.isEmpty()) {
                    broken.accept(pod.title(container) + ": image " + image + " " + problem);
                }
                if (image.startsWith("whence/") && !hasOneMachine(manifests)) {
                    broken.accept(pod.title(container) + ": image " + image + " is of no registry");
                }
            }
        }
    }

    /** Whoever brings a store of their own runs on one machine. */
    private static boolean hasOneMachine(Manifests manifests) {
        return manifests.find("StatefulSet", "whence", "store").isPresent();
    }

    /** What is wrong with the name of an image; empty if nothing is. */
    static String problem(String image) {
        if (image.contains("@sha256:")) {
            return "";
        }
        int colon = image.indexOf(':', image.lastIndexOf('/') + 1);
        String tag = colon < 0 ? "" : image.substring(colon + 1);
        if (tag.isEmpty() || tag.equals("latest")) {
            return "has no version";
        }
        if (PodTemplate.isOurs(image) && !tag.equals(HouseVersion.of())) {
            return "is not of version " + HouseVersion.of();
        }
        return "";
    }
}
