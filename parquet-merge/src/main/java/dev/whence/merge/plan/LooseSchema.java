package dev.whence.merge.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * A schema made to hold the nulls of several files: what is optional in one of them is optional.
 * Some writers, DuckDB among them, call a column required in each file that happens to have no null
 * in it.
 */
final class LooseSchema {
    private LooseSchema() {}

    /** The schema, with the nulls of the others; the same object if that changes nothing. */
    static MessageType of(MessageType schema, List<MessageType> files) {
        List<Type> fields = fields(schema, files);
        return fields.equals(schema.getFields())
                ? schema
                : new MessageType(schema.getName(), fields);
    }

    private static List<Type> fields(GroupType group, List<? extends GroupType> files) {
        List<Type> fields = new ArrayList<>();
        for (Type field : group.getFields()) {
            List<Type> same =
                    files.stream()
                            .filter(file -> file.containsField(field.getName()))
                            .map(file -> file.getType(field.getName()))
                            .toList();
            fields.add(field(field, same));
        }
        return fields;
    }

    private static Type field(Type field, List<Type> same) {
        boolean optional =
                field.isRepetition(Repetition.REQUIRED)
                        && same.stream().anyMatch(type -> type.isRepetition(Repetition.OPTIONAL));
        Repetition repetition = optional ? Repetition.OPTIONAL : field.getRepetition();
        Type loose =
                field.isPrimitive()
                        ? primitive(field.asPrimitiveType(), repetition)
                        : group(field.asGroupType(), repetition, same);
        return field.getId() == null ? loose : loose.withId(field.getId().intValue());
    }

    private static Type primitive(PrimitiveType type, Repetition repetition) {
        if (type.isRepetition(repetition)) {
            return type;
        }
        return Types.primitive(type.getPrimitiveTypeName(), repetition)
                .length(type.getTypeLength())
                .as(type.getLogicalTypeAnnotation())
                .columnOrder(type.columnOrder())
                .named(type.getName());
    }

    private static Type group(GroupType type, Repetition repetition, List<Type> same) {
        List<GroupType> groups =
                same.stream().filter(other -> !other.isPrimitive()).map(Type::asGroupType).toList();
        List<Type> fields = fields(type, groups);
        if (type.isRepetition(repetition) && fields.equals(type.getFields())) {
            return type;
        }
        return Types.buildGroup(repetition)
                .as(type.getLogicalTypeAnnotation())
                .addFields(fields.toArray(new Type[0]))
                .named(type.getName());
    }
}
