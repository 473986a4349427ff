package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A manifest that no kustomization lists would never be applied. */
class FoldersTest {
    private static final String KUSTOMIZATION = "kustomization.yaml";

    @Test
    void everyManifestIsListedInItsFolder() throws IOException {
        try (Stream<Path> files = Files.walk(Kustomize.ROOT.resolve("k8s"))) {
            var folders =
                    files.filter(file -> file.endsWith(KUSTOMIZATION))
                            .map(Path::getParent)
                            .toList();
            assertThat(folders).isNotEmpty();
            for (Path folder : folders) {
                assertThat(listed(folder)).as("listed in %s", folder).containsAll(there(folder));
            }
        }
    }

    private static Set<String> there(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals(KUSTOMIZATION))
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> listed(Path folder) throws IOException {
        JsonNode kustomization =
                Documents.read(Files.readString(folder.resolve(KUSTOMIZATION))).getFirst();
        var listed = new TreeSet<String>();
        kustomization.path("resources").forEach(resource -> listed.add(resource.asText()));
        kustomization.path("patches").forEach(patch -> listed.add(patch.path("path").asText()));
        return listed;
    }
}
