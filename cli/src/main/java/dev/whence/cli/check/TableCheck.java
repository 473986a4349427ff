package dev.whence.cli.check;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.Version;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares the table of datasets, and the version's own counts, with the sums over the index. */
final class TableCheck {
    private final MappedVersion mapped;
    private final DatasetRegistry registry;
    private final Findings findings;

    TableCheck(MappedVersion mapped, DatasetRegistry registry, Findings findings) {
        this.mapped = mapped;
        this.registry = registry;
        this.findings = findings;
    }

    void compare(Map<Integer, DatasetSum> sums) throws IOException {
        Set<Integer> named = new HashSet<>();
        for (DatasetTable.Row row : mapped.table().rows()) {
            String name = mapped.name(row.datasetId());
            DatasetSum sum = sums.getOrDefault(row.datasetId(), new DatasetSum());
            if (!named.add(row.datasetId())) {
                findings.add("table: " + name + " stands there twice");
            }
            Optional<Dataset> registered = registry.get(row.datasetId());
            if (registered.isEmpty() || !registered.get().name().equals(row.name())) {
                findings.add(
                        "table: "
                                + name
                                + registered
                                        .map(dataset ->
                                                " is registered as '" + dataset.name() + "'")
                                        .orElse(" is not registered"));
            }
            if (sum.urls() != row.urlCount()) {
                findings.add(
                        "table: %s has %d URLs, the index counts %d"
                                .formatted(name, row.urlCount(), sum.urls()));
            }
            if (sum.domains() != row.domainCount()) {
                findings.add(
                        "table: %s has %d domains, the index counts %d"
                                .formatted(name, row.domainCount(), sum.domains()));
            }
        }
        for (int datasetId : sums.keySet()) {
            if (!named.contains(datasetId)) {
                findings.add("table: " + mapped.name(datasetId) + " of the index is missing");
            }
        }
    }

    void compareTotals(Map<Integer, DatasetSum> sums, long domains, long files) {
        Version.Counts counts = mapped.version().counts();
        String version = "version " + mapped.version().number() + ", ";
        findings.expect(version + "datasets", mapped.table().rows().size(), counts.datasets());
        findings.expect(version + "domains", domains, counts.domains());
        findings.expect(version + "files", files, counts.files());
        findings.expect(
                version + "URLs",
                sums.values().stream().mapToLong(DatasetSum::urls).sum(),
                counts.urls());
    }
}
