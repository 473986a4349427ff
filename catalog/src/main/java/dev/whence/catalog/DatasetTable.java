package dev.whence.catalog;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of a version with their counts, by id: the file {@code datasets.json} of a block of
 * its own.
 *
 * @param format 1, or 2 with waiting parts, which an older reader would lose
 * @param waiting parts of sources whose other parts have not come yet, in the order in which they
 *     came; null for none
 */
public record DatasetTable(int format, List<Row> rows, @Nullable List<WaitingPart> waiting) {
    public static final String FILE_NAME = "datasets.json";

    private static final CatalogJson<DatasetTable> JSON = new CatalogJson<>(DatasetTable.class);

    /** A dataset that had a batch since it was last retracted; it may hold nothing. */
    public record Row(int datasetId, String name, long urlCount, long domainCount) {}

    public DatasetTable(List<Row> rows) {
        this(rows, List.of());
    }

    public DatasetTable(List<Row> rows, List<WaitingPart> waiting) {
        this(
                waiting.isEmpty() ? CatalogJson.FORMAT : CatalogJson.FORMAT_WITH_MERGES,
                List.copyOf(rows),
                waiting.isEmpty() ? null : List.copyOf(waiting));
    }

    /** The parts that wait, in the order in which they came. */
    public List<WaitingPart> waitingParts() {
        return waiting == null ? List.of() : waiting;
    }

    public byte[] toJson() {
        return JSON.write(this);
    }

    /** Reads a table back; the key is for the message of an error. */
    public static DatasetTable parse(String key, byte[] json) throws IOException {
        return JSON.read(key, json);
    }
}
