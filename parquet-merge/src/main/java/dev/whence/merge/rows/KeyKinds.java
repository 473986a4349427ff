package dev.whence.merge.rows;

import dev.whence.merge.Partition;
import dev.whence.merge.key.KeyColumn;
import dev.whence.merge.key.KeyKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** What the values of key columns are compared as, in all files of a merge. Immutable. */
public final class KeyKinds {
    static final KeyKinds ANY = new KeyKinds(Map.of());

    private final Map<String, KeyColumn> byColumn;

    private KeyKinds(Map<String, KeyColumn> byColumn) {
        this.byColumn = Map.copyOf(byColumn);
    }

    /** A file that has a say. */
    public record Voter(MessageType schema, Partition partition) {}

    /** The first file that stores a column decides; one that only paths hold is text. */
    public static KeyKinds of(List<String> columns, List<Voter> voters) {
        var kinds = new HashMap<String, KeyColumn>();
        for (String column : columns) {
            voters.stream()
                    .filter(voter -> voter.partition().find(column).isEmpty())
                    .flatMap(voter -> leaf(voter.schema(), column).stream())
                    .findFirst()
                    .ifPresentOrElse(
                            leaf -> kinds.put(column, KeyColumn.of(leaf)),
                            () -> kinds.put(column, KeyColumn.ofText(column)));
        }
        return new KeyKinds(kinds);
    }

    Optional<KeyColumn> find(String column) {
        return Optional.ofNullable(byColumn.get(column));
    }

    /** The kind of a key column of the merge. */
    KeyKind kind(String column) {
        return find(column).orElseThrow().kind();
    }

    static Optional<ColumnDescriptor> leaf(MessageType schema, String column) {
        return schema.getColumns().stream()
                .filter(leaf -> String.join(".", leaf.getPath()).equals(column))
                .findFirst();
    }
}
