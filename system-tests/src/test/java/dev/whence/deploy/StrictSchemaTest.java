package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Kubernetes' own schema, strictly: a field that it does not know is refused, which {@code kubectl
 * kustomize} lets through. The validator runs on Node.js, with two packages of the npm registry.
 */
class StrictSchemaTest {
    private static final Path VALIDATOR = Kustomize.ROOT.resolve("../shared/k8s");
    private static final Path DIRECTORY = Kustomize.ROOT.resolve("system-tests/target/k8s");
    private static final String PACKAGES =
            """
            {"private": true, "type": "module", "dependencies": {"ajv": "8.17.1", "js-yaml": "4.1.0"}}
            """;

    @BeforeAll
    static void installValidator() throws Exception {
        assumeTrue(
                Files.isRegularFile(VALIDATOR.resolve("validate.mjs")),
                "the validator of ../shared/k8s is absent");
        Files.createDirectories(DIRECTORY);
        for (String file : List.of("validate.mjs", "openapi-swagger.json")) {
            // A fresh file: one that is copied from a read-only tree could not be replaced.
            Files.write(DIRECTORY.resolve(file), Files.readAllBytes(VALIDATOR.resolve(file)));
        }
        Files.writeString(DIRECTORY.resolve("package.json"), PACKAGES);
        if (!Files.isDirectory(DIRECTORY.resolve("node_modules/js-yaml"))) {
            assumeTrue(
                    run("npm", "install", "--no-audit", "--no-fund", "--no-package-lock") == 0,
                    "npm cannot install the validator's packages");
        }
    }

    @Test
    void everyObjectOfEveryOverlayIsAccepted() throws Exception {
        for (String overlay :
                List.of(Kustomize.laptop(), Kustomize.productionWithAllComponents())) {
            assertThat(verdicts(Documents.read(overlay)))
                    .isNotEmpty()
                    .allSatisfy((object, verdict) ->
                            assertThat(verdict).as(object).startsWith("accept"));
        }
    }

    @Test
    void aFieldThatKubernetesDoesNotKnowIsRejected() throws Exception {
        String misspelt =
                Kustomize.laptop().replace("terminationGracePeriodSeconds", "terminationGrace");
        assertThat(verdicts(Documents.read(misspelt)))
                .hasEntrySatisfying(
                        "deployment-query-service.yaml",
                        verdict ->
                                assertThat(verdict)
                                        .startsWith("REJECT")
                                        .contains("terminationGrace"));
    }

    /** By file of one object, what the validator says of it. */
    private static Map<String, String> verdicts(List<JsonNode> objects) throws Exception {
        var json = new JsonMapper();
        Path documents = Files.createTempDirectory(DIRECTORY, "objects-");
        var command = new ArrayList<>(List.of("node", "validate.mjs"));
        for (JsonNode object : objects) {
            if (!CustomResourceRule.isCustom(object)) {
                String name =
                        Manifests.title(object).replace(' ', '-').toLowerCase(Locale.ROOT)
                                + ".yaml";
                // JSON is YAML.
                Files.writeString(documents.resolve(name), json.writeValueAsString(object));
                command.add(documents.resolve(name).toString());
            }
        }
        Path output = Files.createTempFile(DIRECTORY, "verdicts-", ".txt");
        Process process =
                new ProcessBuilder(command)
                        .directory(DIRECTORY.toFile())
                        .redirectOutput(output.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.waitFor()).as("exit code of the validator").isZero();
        var verdicts = new TreeMap<String, String>();
        for (String line : Files.readAllLines(output, StandardCharsets.UTF_8)) {
            String[] words = line.split(" ", 3);
            if (words[0].equals("accept") || words[0].equals("REJECT")) {
                verdicts.put(words[1], line);
            }
        }
        return verdicts;
    }

    private static int run(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(DIRECTORY.toFile())
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return -1;
            }
            return process.exitValue();
        } catch (IOException e) {
            return -1;
        }
    }
}
