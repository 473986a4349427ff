package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComposeTest {
    private static final Path DIRECTORY = Kustomize.ROOT.resolve("deploy");

    @Test
    void theFileIsSound() throws IOException {
        assertThat(ComposeRules.findings(compose(), DIRECTORY)).isEmpty();
    }

    @Test
    void theExampleOfItsSecretsNamesAllOfThemAndHoldsNone() throws IOException {
        String example = Files.readString(DIRECTORY.resolve("compose.env.example"));
        var asked =
                Pattern.compile("\\$\\{([A-Z_]+):\\?")
                        .matcher(Files.readString(DIRECTORY.resolve("compose.yaml")))
                        .results()
                        .map(found -> found.group(1) + "=")
                        .distinct()
                        .toList();
        assertThat(example.lines().filter(line -> !line.startsWith("#")))
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    /services/query-service/ports/0                          | "8080:8080"            | query-service is published beyond loopback
                    /services/query-service/image                            | "whence/query-service" | has no version
                    /services/query-service/image                            | "whence/query-service:0.0.9" | is not of version
                    /services/prometheus/image                               | "prom/prometheus:latest" | has no version
                    /services/query-service/read_only                        | false                  | query-service may write to its root file system
                    /services/grafana/cap_drop                               |                        | grafana has capabilities
                    /services/grafana/cap_add                                | ["SYS_ADMIN"]          | grafana has capabilities
                    /services/store/security_opt                             |                        | store may gain privileges
                    /services/store/privileged                               | true                   | store has privileged
                    /services/store/network_mode                             | "host"                 | store has network_mode
                    /services/ingest-service/mem_limit                       |                        | ingest-service has no limit of memory
                    /services/ingest-service/healthcheck                     |                        | ingest-service has no health check
                    /services/cli/build/dockerfile                           | "deploy/Nofile"        | cli is built by what is not there
                    /services/query-service/environment/WHENCE_QUERY_LAG     | "1h"                   | is told WHENCE_QUERY_LAG, which is no setting
                    /services/query-service/environment/WHENCE_STORE_SECRET_KEY | "abc"               | has a secret in plain sight: WHENCE_STORE_SECRET_KEY
                    /services/grafana/environment/GF_SECURITY_ADMIN_PASSWORD | "${PASSWORD:-admin}"   | has a secret in plain sight
                    /services/query-service/volumes/0                        | "other:/var/lib/whence" | mounts a volume that is not there: other
                    /services/query-service/volumes/0                        | "query:/data"          | query-service cannot write to /var/lib/whence
                    /services/prometheus/volumes/0                           | "./prometheus:/etc/prometheus" | prometheus may write to this machine
                    /services/prometheus/volumes/0                           | "./nothing:/etc/prometheus:ro" | prometheus mounts a file that is not there
                    /volumes/other                                           | null                   | volume other is nobody's
                    /services/query-service/depends_on/other                 | {"condition": "service_healthy"} | query-service waits in vain for other
                    /services/query-service/depends_on/topics/condition      | "service_healthy"      | query-service waits in vain for topics
                    """)
    @Tag("slow")
    void aBrokenOneIsRefused(String pointer, String value, String finding) throws IOException {
        JsonNode broken = compose().deepCopy();
        Change.make(broken, pointer, value);
        assertThat(ComposeRules.findings(broken, DIRECTORY))
                .anySatisfy(found -> assertThat(found).contains(finding));
    }

    private static JsonNode compose() throws IOException {
        return Documents.read(Files.readString(DIRECTORY.resolve("compose.yaml"))).getFirst();
    }
}
