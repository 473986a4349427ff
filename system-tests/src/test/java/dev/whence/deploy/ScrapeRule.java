package dev.whence.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.house.MetricsPage;
import dev.whence.house.OperatorLabels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a metric says by a tag is found under that name, whoever scrapes. */
final class ScrapeRule implements ManifestRule {
    /** Metrics that kube-state-metrics shows, which has a monitor of its own. */
    private static final String OF_KUBERNETES = "kube_";

    @Override
    public void check(Manifests manifests, Consumer<String> broken) {
        Set<String> tags = new TreeSet<>();
        try {
            MetricsPage.toldOf(name -> !name.startsWith(OF_KUBERNETES))
                    .values()
                    .forEach(metric -> tags.addAll(metric.tags()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (JsonNode monitor : manifests.ofKind("ServiceMonitor").toList()) {
            for (JsonNode endpoint : monitor.at("/spec/endpoints")) {
                OperatorLabels.hidden(endpoint).stream()
                        .filter(tags::contains)
                        .forEach(tag ->
                                broken.accept(
                                        "%s hides the tag %s of metrics"
                                                .formatted(Manifests.title(monitor), tag)));
            }
        }
    }
}
