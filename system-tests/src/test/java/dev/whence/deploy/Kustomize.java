package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code kubectl kustomize}: what would be applied. */
final class Kustomize {
    static final Path ROOT = Path.of(System.getProperty("whence.root"));

    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final Path PRODUCTION = ROOT.resolve("k8s/overlays/production");

    /** Of production, as it stands in its list of components. */
    private static final String ONE_COMPONENT = "  - ../../components/ingress\n";

    private static final List<String> MORE_COMPONENTS =
            List.of("monitoring", "tracing", "keda", "strimzi");

    private static final Map<Path, String> BUILT = new HashMap<>();

    private Kustomize() {}

    static String laptop() throws Exception {
        return build(ROOT.resolve("k8s/overlays/laptop"));
    }

    static String production() throws Exception {
        return build(PRODUCTION);
    }

    /**
     * Production as one has it who has all of the operators: a copy of its folder, with more in its
     * list of components, so that all comes in the order in which it would for them.
     */
    static String productionWithAllComponents() throws Exception {
        return build(copy("with-components", Map.of()));
    }

    /**
     * The same, by one who has changed some lines of its settings and of its kustomization.
     *
     * @param changes what stands there, each once in either file, and what is to stand there
     */
    static String productionWithAllComponents(Map<String, String> changes) throws Exception {
        return run(copy("with-changes", changes));
    }

    private static Path copy(String name, Map<String, String> changes) throws IOException {
        // Test classes run in several processes at once.
        String own = name + "-" + ProcessHandle.current().pid();
        Path copy = Files.createDirectories(ROOT.resolve("system-tests/target/k8s/" + own));
        try (Stream<Path> files = Files.list(PRODUCTION)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        copy.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var components = new StringBuilder(ONE_COMPONENT);
        MORE_COMPONENTS.forEach(
                component -> components.append("  - ../../components/%s%n".formatted(component)));
        change(copy.resolve(KUSTOMIZATION), ONE_COMPONENT, components.toString());
        change(copy.resolve(KUSTOMIZATION), "- ../../", "- ../../../../k8s/");
        for (var change : changes.entrySet()) {
            Path settings = copy.resolve("settings.env");
            boolean setting = Files.readString(settings).contains(change.getKey());
            change(
                    setting ? settings : copy.resolve(KUSTOMIZATION),
                    change.getKey(),
                    change.getValue());
        }
        return copy;
    }

    private static void change(Path file, String from, String to) throws IOException {
        String text = Files.readString(file);
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));
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
