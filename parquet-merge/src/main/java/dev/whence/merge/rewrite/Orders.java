package dev.whence.merge.rewrite;

import dev.whence.merge.FileStyle;
import dev.whence.merge.file.SortColumn;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/** An order of columns as a footer notes it. */
final class Orders {
    private Orders() {}

    /** By place; columns from the first one on that the schema does not have order nothing. */
    static List<FileStyle.Order> places(List<SortColumn> order, MessageType schema) {
        List<String> paths =
                schema.getColumns().stream().map(leaf -> String.join(".", leaf.getPath())).toList();
        return order.stream()
                .takeWhile(column -> paths.contains(column.path()))
                .map(column ->
                        new FileStyle.Order(
                                paths.indexOf(column.path()),
                                column.descending(),
                                column.nullsFirst()))
                .toList();
    }
}
