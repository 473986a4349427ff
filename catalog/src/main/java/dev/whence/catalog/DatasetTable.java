package dev.whence.catalog;

import java.io.IOException;
import java.util.List;

/**
 * The datasets of a version with their counts, by id: the file {@code datasets.json} of a block of
 * its own.
 */
public record DatasetTable(int format, List<Row> rows) {
    public static final String FILE_NAME = "datasets.json";

    private static final CatalogJson<DatasetTable> JSON = new CatalogJson<>(DatasetTable.class);

    /** A dataset with at least one batch; it may hold nothing. */
    public record Row(int datasetId, String name, long urlCount, long domainCount) {}

    public DatasetTable(List<Row> rows) {
        this(CatalogJson.FORMAT, rows);
    }

    public byte[] toJson() {
        return JSON.write(this);
    }

    /** Reads a table back; the key is for the message of an error. */
    public static DatasetTable parse(String key, byte[] json) throws IOException {
        return JSON.read(key, json);
    }
}
