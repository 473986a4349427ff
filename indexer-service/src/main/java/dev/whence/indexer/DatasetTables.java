package dev.whence.indexer;

import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.DatasetTable;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Objects;
import java.util.TreeMap;

/** Brings the table of datasets from one version to the next. */
final class DatasetTables {
    private final DatasetRegistry registry;

    DatasetTables(DatasetRegistry registry) {
        this.registry = registry;
    }

    /** The base's table with what the changed datasets gained, and without the retracted. */
    DatasetTable next(
            DatasetTable base,
            Plan plan,
            List<DatasetChange> changes,
            IndexChange index,
            List<Intake> intakes)
            throws IOException {
        var rows = new TreeMap<Integer, DatasetTable.Row>(Integer::compareUnsigned);
        base.rows().forEach(row -> rows.put(row.datasetId(), row));
        for (DatasetChange change : changes) {
            int id = change.datasetId();
            DatasetTable.Row old = rows.get(id);
            DatasetTable.Row row = old != null ? old : new DatasetTable.Row(id, nameOf(id), 0, 0);
            var growth = index.growthOf(id);
            LongSummaryStatistics ingests = ingestMillis(plan, id);
            Instant first = row.firstIngestAt();
            Instant last = row.lastIngestAt();
            if (ingests.getCount() > 0) {
                first = old == null ? Instant.ofEpochMilli(ingests.getMin()) : first;
                last = Instant.ofEpochMilli(ingests.getMax());
            }
            rows.put(
                    id,
                    new DatasetTable.Row(
                            id,
                            row.name(),
                            row.urlCount() + growth.urls(),
                            row.domainCount() + growth.domains(),
                            first,
                            last));
        }
        intakes.stream()
                .filter(Intake::retracted)
                .map(Intake::datasetId)
                .filter(id -> !plan.lastTookNothing(id))
                .forEach(rows::remove);
        // A dataset of which parts or steps wait has an intake in every publish.
        return new DatasetTable(
                List.copyOf(rows.values()),
                intakes.stream().flatMap(intake -> intake.waiting().stream()).toList(),
                intakes.stream().map(Intake::queue).filter(Objects::nonNull).toList());
    }

    /** When the batches of a dataset that the plan takes in were committed. */
    private static LongSummaryStatistics ingestMillis(Plan plan, int id) {
        return plan.entries().stream()
                .filter(entry -> entry.tallies().stream().anyMatch(t -> t.datasetId() == id))
                .mapToLong(entry -> entry.committedAt().toEpochMilli())
                .summaryStatistics();
    }

    private String nameOf(int id) throws IOException {
        return registry.get(id)
                .orElseThrow(() ->
                        new IndexingStoppedException(
                                "the log names dataset %s, and datasets/ has no such id"
                                        .formatted(Integer.toUnsignedString(id))))
                .name();
    }
}
