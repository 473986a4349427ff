package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.view.DatasetSummary;
import dev.whence.query.view.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All datasets with their statistics, by id: one part, since a version keeps them all at hand. */
public record DatasetListing() implements Listing {

    @Override
    public String identity() {
        return "export of datasets";
    }

    @Override
    public String fileName() {
        return "datasets";
    }

    @Override
    public List<Column> columns() {
        return List.of(
                Column.number("dataset_id"),
                Column.text("name"),
                Column.number("url_count"),
                Column.number("domain_count"),
                Column.number("files"),
                Column.number("bytes"),
                new Column("share", Column.Kind.SHARE),
                Column.time("first_ingest_at"),
                Column.time("last_ingest_at"));
    }

    @Override
    public void check(View view) {
        // No dataset at all is an empty list.
    }

    @Override
    public Part read(View view, ByteBuffer place) throws QueryException, IOException {
        if (place.hasRemaining()) {
            throw new QueryException.InvalidCursor();
        }
        return new Part(
                view.datasets().stream().map(DatasetListing::row).toList(), Optional.empty());
    }

    private static @Nullable Object[] row(DatasetSummary dataset) {
        return new @Nullable Object[] {
            Integer.toUnsignedLong(dataset.datasetId()),
            dataset.name(),
            dataset.urls(),
            dataset.domains(),
            dataset.files(),
            dataset.bytes(),
            dataset.share(),
            micros(dataset.firstIngestAt()),
            micros(dataset.lastIngestAt())
        };
    }

    private static @Nullable Long micros(@Nullable Instant time) {
        return time == null ? null : ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
