package dev.whence.merge;

import dev.whence.parquet.FooterOrder;
import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Files of a few flat rows, written out in the test. */
final class SmallFiles {
    private SmallFiles() {}

    /** A row: its values in the order of the columns. */
    static List<Object> row(Object... values) {
        List<Object> row = new ArrayList<>();
        Collections.addAll(row, values);
        return row;
    }

    /** A file in no partition. */
    @SafeVarargs
    static DataFile write(ObjectStore store, String name, String columns, List<Object>... rows)
            throws IOException {
        return write(store, name, Partition.NONE, columns, rows);
    }

    /**
     * Writes a file.
     *
     * @param columns such as {@code required int64 k; optional double v;}
     */
    @SafeVarargs
    static DataFile write(
            ObjectStore store,
            String name,
            Partition partition,
            String columns,
            List<Object>... rows)
            throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType("message m { " + columns + " }");
        List<Group> groups = new ArrayList<>();
        for (List<Object> row : rows) {
            Group group = new SimpleGroup(schema);
            for (int i = 0; i < row.size(); i++) {
                switch (row.get(i)) {
                    case null -> {}
                    case byte[] bytes -> group.add(i, Binary.fromConstantByteArray(bytes));
                    case Object value ->
                            RandomColumn.add(group, schema.getFieldName(i), raw(value));
                }
            }
            groups.add(group);
        }
        byte[] bytes = ParquetFiles.write(schema, groups, new Random(name.hashCode()));
        store.put(name, ObjectBody.of(bytes));
        return new DataFile(name, bytes.length, partition);
    }

    private static Object raw(Object value) {
        return value instanceof String text ? Binary.fromString(text) : value;
    }

    /** The same file, whose footer notes an order of its rows. */
    static DataFile note(ObjectStore store, DataFile file, FooterOrder.Column... order)
            throws IOException {
        int groups = FooterOrder.read(new StoreInputFile(store, file.key(), file.bytes())).size();
        byte[] noted =
                FooterOrder.note(
                        store.get(file.key()), Collections.nCopies(groups, List.of(order)));
        store.put(file.key(), ObjectBody.of(noted));
        return new DataFile(file.key(), noted.length, file.partition());
    }
}
