package dev.whence.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
    void aChangedSettingIsARollout() throws Exception {
        Manifests laptop = Manifests.parse(Kustomize.laptop());
        Manifests production = Manifests.parse(Kustomize.production());
        assertThat(laptop.ofKind("ConfigMap").map(Manifests::name).toList())
                .as("the names of settings follow what is in them")
                .isNotEqualTo(production.ofKind("ConfigMap").map(Manifests::name).toList());
    }
}
