package dev.whence.query.view;

import dev.whence.catalog.DatasetTable;
import dev.whence.query.QueryException;
import dev.whence.query.version.DatasetFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The table of datasets as a view shows it. */
final class DatasetSummaries {
    private final View view;
    private final List<DatasetTable.Row> rows = new ArrayList<>();
    private final MaskedHoldings masked;
    private final long urls;

    DatasetSummaries(View view) throws QueryException, IOException {
        this.view = view;
        this.masked = view.masked();
        long sum = 0;
        for (DatasetTable.Row row : view.version().datasets()) {
            if (view.visibility().showsDataset(row.datasetId())) {
                rows.add(row);
                sum += urls(row);
            }
        }
        this.urls = sum;
    }

    List<DatasetSummary> all() {
        return rows.stream().map(this::summary).toList();
    }

    DatasetSummary one(int datasetId) {
        return rows.stream()
                .filter(row -> row.datasetId() == datasetId)
                .findFirst()
                .map(this::summary)
                .orElseThrow();
    }

    private DatasetSummary summary(DatasetTable.Row row) {
        DatasetFiles files = view.version().filesOf(row.datasetId());
        return new DatasetSummary(
                row.datasetId(),
                row.name(),
                urls(row),
                row.domainCount() - masked.loss(row.datasetId()).domains(),
                files.count(),
                files.bytes(),
                urls == 0 ? 0 : (double) urls(row) / urls,
                row.firstIngestAt(),
                row.lastIngestAt());
    }

    private long urls(DatasetTable.Row row) {
        return row.urlCount() - masked.loss(row.datasetId()).urls();
    }
}
