package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the compose file has to be: nothing published beyond loopback, no rights, no secrets, limits
 * for all, and everything that is named there.
 */
final class ComposeRules {
    /** Its image writes its configuration into its root. */
    private static final Set<String> WRITE_THEIR_ROOT = Set.of("broker");

    private static final List<String> SECRETS = List.of("SECRET", "PASSWORD", "CREDENTIAL");

    private final JsonNode compose;
    private final Path directory;
    private final List<String> broken = new ArrayList<>();

    private ComposeRules(JsonNode compose, Path directory) {
        this.compose = compose;
        this.directory = directory;
    }

    /**
     * @param directory that relative paths of the file begin at
     */
    static List<String> findings(JsonNode compose, Path directory) {
        var rules = new ComposeRules(compose, directory);
        var used = new TreeSet<String>();
        for (Map.Entry<String, JsonNode> service : compose.path("services").properties()) {
            rules.rights(service.getKey(), service.getValue());
            rules.limits(service.getKey(), service.getValue());
            rules.environment(service.getKey(), service.getValue());
            rules.mounts(service.getKey(), service.getValue(), used);
            rules.order(service.getKey(), service.getValue());
        }
        compose.path("volumes")
                .fieldNames()
                .forEachRemaining(volume -> {
                    if (!used.contains(volume)) {
                        rules.broken.add("volume " + volume + " is nobody's");
                    }
                });
        return rules.broken;
    }

    private void rights(String name, JsonNode service) {
        String image = service.path("image").asText();
        if (!ImageRule.problem(image).isEmpty()) {
            broken.add(name + ": image " + image + " " + ImageRule.problem(image));
        }
        for (JsonNode port : service.path("ports")) {
            if (!port.asText().startsWith("127.0.0.1:")) {
                broken.add(name + " is published beyond loopback: " + port.asText());
            }
        }
        if (!service.path("read_only").asBoolean(false) && !WRITE_THEIR_ROOT.contains(name)) {
            broken.add(name + " may write to its root file system");
        }
        if (!service.path("cap_drop").path(0).asText().equals("ALL") || service.has("cap_add")) {
            broken.add(name + " has capabilities");
        }
        if (!service.path("security_opt").toString().contains("no-new-privileges:true")) {
            broken.add(name + " may gain privileges");
        }
        for (String right : List.of("privileged", "network_mode", "pid", "ipc", "devices")) {
            if (service.has(right)) {
                broken.add(name + " has " + right);
            }
        }
    }

    private void limits(String name, JsonNode service) {
        if (!service.has("mem_limit")) {
            broken.add(name + " has no limit of memory");
        }
        if (!isJob(service) && !service.has("healthcheck")) {
            broken.add(name + " has no health check");
        }
        JsonNode build = service.path("build");
        if (build.has("dockerfile")
                && !Files.isRegularFile(
                        directory
                                .resolve(build.path("context").asText())
                                .resolve(build.path("dockerfile").asText()))) {
            broken.add(
                    name + " is built by what is not there: " + build.path("dockerfile").asText());
        }
    }

    private void environment(String name, JsonNode service) {
        for (Map.Entry<String, JsonNode> variable : service.path("environment").properties()) {
            if (isOurs(service) && !SettingNames.isKnown(variable.getKey())) {
                broken.add(name + " is told " + variable.getKey() + ", which is no setting");
            }
            if (SECRETS.stream().anyMatch(variable.getKey()::contains)
                    && !variable.getValue().asText().matches("\\$\\{[A-Z_]+:\\?.+}")) {
                broken.add(name + " has a secret in plain sight: " + variable.getKey());
            }
        }
    }

    private void mounts(String name, JsonNode service, Set<String> used) {
        Set<String> places = new HashSet<>();
        for (JsonNode mount : service.path("volumes")) {
            String[] parts = mount.asText().split(":");
            places.add(parts[1]);
            if (!parts[0].startsWith(".")) {
                used.add(parts[0]);
                if (!compose.path("volumes").has(parts[0])) {
                    broken.add(name + " mounts a volume that is not there: " + parts[0]);
                }
            } else if (!Files.exists(directory.resolve(parts[0]))) {
                broken.add(name + " mounts a file that is not there: " + parts[0]);
            } else if (!mount.asText().endsWith(":ro")) {
                broken.add(name + " may write to this machine: " + parts[0]);
            }
        }
        boolean ofService = service.path("image").asText().contains("-service:");
        for (String place : ofService ? List.of("/tmp", "/var/lib/whence") : List.of("/tmp")) {
            if (isOurs(service) && !places.contains(place)) {
                broken.add(name + " cannot write to " + place);
            }
        }
    }

    private void order(String name, JsonNode service) {
        for (Map.Entry<String, JsonNode> other : service.path("depends_on").properties()) {
            JsonNode target = compose.path("services").path(other.getKey());
            String condition = other.getValue().path("condition").asText();
            boolean kept =
                    switch (condition) {
                        case "service_healthy" -> target.has("healthcheck");
                        case "service_completed_successfully" -> isJob(target);
                        case "service_started" -> !target.isMissingNode();
                        default -> false;
                    };
            if (!kept) {
                broken.add(
                        "%s waits in vain for %s: %s".formatted(name, other.getKey(), condition));
            }
        }
    }

    private static boolean isJob(JsonNode service) {
        return service.path("restart").asText().equals("no");
    }

    private static boolean isOurs(JsonNode service) {
        return service.path("image").asText().startsWith("whence/");
    }
}
