package dev.whence.query.version;

import dev.whence.catalog.DatasetTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The datasets of one open version by id; each is equal to itself alone. Immutable. */
public final class DatasetNames {
    private final Map<Integer, String> names = new LinkedHashMap<>();

    /** Those of a table. */
    public DatasetNames(List<DatasetTable.Row> rows) {
        rows.forEach(row -> names.put(row.datasetId(), row.name()));
    }

    /** All of them, by id. */
    public Map<Integer, String> byId() {
        return names;
    }
}
