package dev.whence.query.cdx;

import dev.whence.lake.UrlRow;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/**
 * A line of CDX: a URL in a dataset.
 *
 * @param key its SURT
 * @param timestamp 14 digits, UTC; {@link #NONE} if nobody said when
 */
public record CdxRow(String key, String timestamp, UrlRow row, int datasetId, String dataset) {
    /** What stands for a value that there is none of. */
    static final String NONE = "-";

    /** Rows of one key: by time, then so that there is one order. */
    static final Comparator<CdxRow> WITHIN_KEY =
            Comparator.comparing(CdxRow::timestamp)
                    .thenComparing(each -> each.row().url())
                    .thenComparing(CdxRow::datasetId, Integer::compareUnsigned);

    private static final DateTimeFormatter DIGITS =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneOffset.UTC);

    static CdxRow of(String hostKey, UrlRow row, int datasetId, String dataset) {
        return new CdxRow(
                Surt.key(hostKey, row.pathQuery()),
                digits(row.tsMicros()),
                row,
                datasetId,
                dataset);
    }

    private static String digits(long micros) {
        return micros == UrlRow.NO_TS
                ? NONE
                : DIGITS.format(Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
    }
}
