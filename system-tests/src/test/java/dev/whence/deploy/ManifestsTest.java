package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the overlays would apply fits together. */
class ManifestsTest {
    @Test
    void aLaptopIsSound() throws Exception {
        assertThat(ManifestRule.findings(Manifests.parse(Kustomize.laptop()))).isEmpty();
    }

    @Test
    void productionIsSound() throws Exception {
        assertThat(ManifestRule.findings(Manifests.parse(Kustomize.production()))).isEmpty();
    }

    @Test
    void productionWithAllComponentsIsSound() throws Exception {
        Manifests manifests = Manifests.parse(Kustomize.productionWithAllComponents());
        assertThat(ManifestRule.findings(manifests)).isEmpty();
        assertThat(manifests.ofKind("ScaledObject")).isNotEmpty();
        assertThat(manifests.ofKind("KafkaTopic")).isNotEmpty();
    }

    @Test
    void linksOfAlertsLeadToWhereAnOverlaySaysThatThePagesAre() throws Exception {
        Manifests manifests = Manifests.parse(Kustomize.productionWithAllComponents());
        assertThat(
                        manifests
                                .ofKind("PrometheusRule")
                                .flatMap(rules -> rules.findValues("runbook_url").stream())
                                .map(JsonNode::asText))
                .isNotEmpty()
                .allMatch(url -> url.startsWith("https://whence.example.org/docs/runbooks/"));
        assertThat(manifests.ofKind("ConfigMap").map(Manifests::name))
                .as("what is for the build alone is not applied")
                .noneMatch(name -> name.startsWith("pages"));
    }

    @Test
    void whatAClusterCallsThingsIsSaidInOnePlace() throws Exception {
        String built =
                Kustomize.productionWithAllComponents(
                        Map.of(
                                "host=whence.example.org", "host=urls.example.net",
                                "certificate=whence-tls", "certificate=urls-tls",
                                "storageClass=gp3", "storageClass=local-ssd",
                                "address=https://whence.example.org", "address=https://docs.test",
                                "whence-kafka-bootstrap.kafka:9093", "broker.kafka:9092",
                                "WHENCE_STORE_REGION=eu-central-1",
                                        "WHENCE_KAFKA_TOPIC=seeds\nWHENCE_KAFKA_GROUP=gardeners"));
        assertThat(ManifestRule.findings(Manifests.parse(built))).isEmpty();
        assertThat(built)
                .contains("urls.example.net", "urls-tls", "local-ssd", "broker.kafka:9092")
                .contains("topic: seeds", "consumerGroup: gardeners")
                .doesNotContain("whence.example.org", "whence-tls", "gp3", "kafka-bootstrap");
    }

    /** Those that stand in the overlay as comments, as one has them who needs them. */
    @Test
    void patchesForOtherClustersDoWhatTheySay() throws Exception {
        Manifests manifests =
                Manifests.parse(
                        Kustomize.productionWithAllComponents(
                                Map.of(
                                        "  # - target:", "  - target:",
                                        "  #   patch: |", "    patch: |",
                                        "  #     - {op", "      - {op")));
        assertThat(ManifestRule.findings(manifests)).isEmpty();
        assertThat(
                        Stream.concat(
                                manifests.ofKind("ServiceMonitor"),
                                manifests.ofKind("PrometheusRule")))
                .hasSize(2)
                .allMatch(object -> object.at("/metadata/labels").has("release"));
        JsonNode names = manifests.find("NetworkPolicy", "whence", "names").orElseThrow();
        assertThat(names.at("/spec/egress/0/to/1/ipBlock/cidr").asText())
                .isEqualTo("169.254.20.10/32");
    }

    @Test
    void aClustersGrafanaFindsTheDashboards() throws Exception {
        JsonNode dashboards =
                Manifests.parse(Kustomize.productionWithAllComponents())
                        .find("ConfigMap", "whence", "whence-dashboards")
                        .orElseThrow();
        assertThat(dashboards.at("/metadata/labels/grafana_dashboard").asText()).isEqualTo("1");
        try (Stream<Path> files = Files.list(Kustomize.ROOT.resolve("deploy/grafana/dashboards"))) {
            assertThat(dashboards.path("data").fieldNames())
                    .toIterable()
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void aChangedSettingIsARollout() throws Exception {
        Manifests laptop = Manifests.parse(Kustomize.laptop());
        Manifests production = Manifests.parse(Kustomize.production());
        assertThat(laptop.ofKind("ConfigMap").map(Manifests::name).toList())
                .as("the names of settings follow what is in them")
                .isNotEqualTo(production.ofKind("ConfigMap").map(Manifests::name).toList());
    }
}
