package dev.whence.deploy;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code kubectl kustomize}: what would be applied. */
final class Kustomize {
    static final Path ROOT = Path.of(System.getProperty("whence.root"));

    /** Everything that production may take, as one who has all of the operators would. */
    private static final String PRODUCTION_WITH_ALL =
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [../../../../k8s/overlays/production]
            components:
              - ../../../../k8s/components/monitoring
              - ../../../../k8s/components/keda
              - ../../../../k8s/components/strimzi
            """;

    private static final Map<Path, String> BUILT = new HashMap<>();

    private Kustomize() {}

    static String laptop() throws Exception {
        return build(ROOT.resolve("k8s/overlays/laptop"));
    }

    static String production() throws Exception {
        return build(ROOT.resolve("k8s/overlays/production"));
    }

    static String productionWithAllComponents() throws Exception {
        Path directory =
                Files.createDirectories(ROOT.resolve("system-tests/target/k8s/with-components"));
        Files.writeString(directory.resolve("kustomization.yaml"), PRODUCTION_WITH_ALL);
        return build(directory);
    }

    /** Each is built once. */
    private static synchronized String build(Path directory) throws Exception {
        String built = BUILT.get(directory);
        if (built == null) {
            built = run(directory);
            BUILT.put(directory, built);
        }
        return built;
    }

    private static String run(Path directory) throws Exception {
        assumeTrue(isThere(), "kubectl is not on the path");
        Process process =
                new ProcessBuilder("kubectl", "kustomize", directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("kubectl kustomize " + directory + " failed, see above");
        }
        return output;
    }

    private static boolean isThere() throws InterruptedException {
        try {
            return new ProcessBuilder(List.of("kubectl", "version", "--client"))
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
