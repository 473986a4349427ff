package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The objects that an overlay would apply. */
record Manifests(List<JsonNode> objects) {
    static Manifests parse(String yaml) {
        return new Manifests(Documents.read(yaml));
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    Optional<JsonNode> find(String kind, String namespace, String name) {
        return ofKind(kind)
                .filter(object -> namespace(object).equals(namespace))
                .filter(object -> name(object).equals(name))
                .findFirst();
    }

    /** The templates of everything that makes pods. */
    List<PodTemplate> pods() {
        return objects.stream()
                .flatMap(object ->
                        switch (object.path("kind").asText()) {
                            case "Deployment", "StatefulSet", "DaemonSet", "Job" ->
                                    Stream.of(new PodTemplate(object, object.at("/spec/template")));
                            case "CronJob" ->
                                    Stream.of(
                                            new PodTemplate(
                                                    object,
                                                    object.at("/spec/jobTemplate/spec/template")));
                            default -> Stream.empty();
                        })
                .toList();
    }

    /** The templates in a namespace whose labels match. */
    List<PodTemplate> selected(String namespace, JsonNode selector) {
        return pods().stream()
                .filter(pod -> pod.namespace().equals(namespace))
                .filter(pod -> Selectors.matches(selector, pod.labels()))
                .toList();
    }

    static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    static String namespace(JsonNode object) {
        return object.at("/metadata/namespace").asText();
    }

    /** As findings call it. */
    static String title(JsonNode object) {
        return object.path("kind").asText() + " " + name(object);
    }
}
