package dev.whence.merge;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a file's place fixes for all its rows, outermost first; none for no partition.
 */
public record Partition(List<Value> values) {
    public static final Partition NONE = new Partition(List.of());

    /**
     * One column's value.
     *
     * @param value as text, decoded; null for Hive's null
     */
    public record Value(String column, @Nullable String value) {}

    public Partition {
        values = List.copyOf(values);
    }

    /** The columns, outermost first. */
    public List<String> columns() {
        return values.stream().map(Value::column).toList();
    }

    /** The value of a column that the place fixes. */
    public Optional<Value> find(String column) {
        return values.stream().filter(value -> value.column().equals(column)).findFirst();
    }
}
