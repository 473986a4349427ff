package dev.whence.merge.rewrite;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** The schema of one leaf column: what is above it, and nothing beside it. */
final class OneLeaf {
    private OneLeaf() {}

    static MessageType of(MessageType schema, ColumnDescriptor leaf) {
        return new MessageType(schema.getName(), alone(schema, leaf.getPath(), 0));
    }

    private static Type alone(GroupType group, String[] path, int depth) {
        Type field = group.getType(path[depth]);
        return field.isPrimitive()
                ? field
                : field.asGroupType().withNewFields(alone(field.asGroupType(), path, depth + 1));
    }
}
