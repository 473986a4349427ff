package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What recipes say, without building them. */
class ImagesTest {
    private static final Path DEPLOY = Kustomize.ROOT.resolve("deploy");
    private static final Path SERVICE = DEPLOY.resolve("images/service.Dockerfile");
    private static final Path JIB = DEPLOY.resolve("jib/pom.xml");

    private static final Path CLI = DEPLOY.resolve("images/cli.Dockerfile");

    private static final Pattern LABEL =
            Pattern.compile("org\\.opencontainers\\.image\\.([a-z]+)=\"([^\"]*)\"");
    private static final Pattern LABEL_ELEMENT =
            Pattern.compile("<org\\.opencontainers\\.image\\.([a-z]+)>([^<]*)<");
    private static final Pattern ENV_LINE =
            Pattern.compile("(?m)^(?:ENV|   ) +([A-Z_]+)=(\"[^\"]*\"|\\S+)");
    private static final Pattern ENV_ELEMENT = Pattern.compile("<([A-Z][A-Z_]+)>([^<]*)</\\1>");

    @Test
    void jibSaysWhatTheRecipeSays() throws IOException {
        assertThat(variables(ENV_LINE, SERVICE))
                .isNotEmpty()
                .isEqualTo(variables(ENV_ELEMENT, JIB));
        assertThat(Files.readString(JIB)).contains("<version>" + HouseVersion.of() + "</version>");
    }

    @Test
    void jibLabelsItsImagesAsTheRecipesDo() throws IOException {
        String jib = Files.readString(JIB);
        int profile = jib.indexOf("<id>cli</id>");
        Map<String, String> service = labels(LABEL_ELEMENT, jib.substring(0, profile));
        assertThat(service)
                .containsKeys("title", "description", "version", "revision", "licenses")
                .isEqualTo(labels(LABEL, asJibSays(SERVICE)));
        // Maven lays those of the profile over the others.
        service.putAll(labels(LABEL_ELEMENT, jib.substring(profile)));
        assertThat(service).isEqualTo(labels(LABEL, asJibSays(CLI)));
    }

    @Test
    void composeLabelsWhatItBuilds() throws IOException {
        String compose = Files.readString(DEPLOY.resolve("compose.yaml"));
        for (JsonNode service : Documents.read(compose).getFirst().path("services")) {
            if (service.has("build")) {
                JsonNode arguments = service.at("/build/args");
                assertThat(service.path("image").asText())
                        .endsWith(":" + arguments.path("VERSION").asText());
                assertThat(arguments.path("REVISION").asText())
                        .isEqualTo("${WHENCE_REVISION:-unknown}");
            }
        }
    }

    @Test
    void everyVariableOfAnImageIsASetting() throws IOException {
        assertThat(variables(ENV_LINE, SERVICE).keySet())
                .allSatisfy(name -> assertThat(SettingNames.isKnown(name)).as(name).isTrue());
        assertThat(SettingNames.names())
                .as("settings that the code was asked for")
                .contains("WHENCE_STORE_LOCATION", "WHENCE_INDEXER_COMPACTION_FILE_BYTES");
        assertThat(SettingNames.isKnown("WHENCE_KAFKA_CLIENT__SECURITY_PROTOCOL_")).isTrue();
        assertThat(SettingNames.isKnown("WHENCE_QUERY_MAX_LAGG")).isFalse();
    }

    @Test
    void everyImageRunsAsNobodyByNumberAndNeedsNoShell() throws IOException {
        try (Stream<Path> recipes = Files.list(DEPLOY.resolve("images"))) {
            List<Path> found =
                    recipes.filter(file -> file.toString().endsWith(".Dockerfile")).toList();
            assertThat(found).hasSize(2);
            for (Path recipe : found) {
                assertThat(Files.readString(recipe))
                        .contains("\nUSER 10001:10001\n")
                        .containsPattern("(?m)^ENTRYPOINT \\[\"java\", ");
            }
        }
    }

    /** With the names that Jib has for what a recipe is told. */
    private static String asJibSays(Path recipe) throws IOException {
        return Files.readString(recipe)
                .replace("${SERVICE}", "${name}")
                .replace("${VERSION}", "${tag}")
                .replace("${REVISION}", "${revision}");
    }

    private static Map<String, String> labels(Pattern pattern, String text) {
        var labels = new TreeMap<String, String>();
        Matcher found = pattern.matcher(text);
        while (found.find()) {
            labels.put(found.group(1), found.group(2));
        }
        return labels;
    }

    private static Map<String, String> variables(Pattern pattern, Path file) throws IOException {
        var variables = new TreeMap<String, String>();
        Matcher found = pattern.matcher(Files.readString(file));
        while (found.find()) {
            variables.put(found.group(1), found.group(2).replace("\"", ""));
        }
        return variables;
    }
}
