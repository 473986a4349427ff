package dev.whence.merge.rows;

import static org.apache.parquet.schema.LogicalTypeAnnotation.intType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import dev.whence.merge.DataFile;
import dev.whence.merge.MergeRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;

/**
 * The schema that holds the rows of every file of a table, column by column: of the types that a
 * column has the one that all others go into, optional if it is in any file or if a file lacks the
 * column. Some writers, DuckDB among them, call a column required in each file that happens to have
 * no null in it. Columns stand in the first file's order, and those that it lacks after them, file
 * by file.
 */
public final class CommonSchema {
    /** What integers of which neither goes into the other both go into. */
    private static final List<PrimitiveType> WIDER_INTEGERS =
            List.of(
                    Types.required(INT32).as(intType(16)).named("common"),
                    Types.required(INT32).named("common"),
                    Types.required(INT64).named("common"));

    private CommonSchema() {}

    /** A field as the first file has it that has it so: the types from the root's field to it. */
    private record Seen(String file, List<Type> path) {
        Type type() {
            return path.getLast();
        }

        Seen field(Type field) {
            List<Type> below = new ArrayList<>(path);
            below.add(field);
            return new Seen(file, below);
        }

        String name() {
            return String.join(".", path.stream().map(Type::getName).toList());
        }
    }

    /**
     * Finds it.
     *
     * @param files at least one
     * @param schemas of each
     * @throws MergeRefusedException if there is none; it names the column, and two files
     */
    public static MessageType of(List<DataFile> files, List<MessageType> schemas) {
        Map<MessageType, String> distinct = new LinkedHashMap<>();
        for (int i = 0; i < schemas.size(); i++) {
            distinct.putIfAbsent(schemas.get(i), files.get(i).key());
        }
        MessageType first = schemas.getFirst();
        if (distinct.size() == 1) {
            return first;
        }
        Map<String, List<Seen>> columns = new LinkedHashMap<>();
        distinct.forEach((schema, file) ->
                schema.getFields()
                        .forEach(field ->
                                columns.computeIfAbsent(field.getName(), _ -> new ArrayList<>())
                                        .add(new Seen(file, List.of(field)))));
        List<Type> fields = new ArrayList<>();
        columns.values().forEach(seen -> fields.add(common(seen, seen.size() < distinct.size())));
        return new MessageType(first.getName(), fields);
    }

    private static Type common(List<Seen> seen, boolean isAbsentInOne) {
        Seen first = seen.getFirst();
        for (Seen other : seen) {
            if (first.type().isPrimitive() != other.type().isPrimitive()
                    || isRepeated(first) != isRepeated(other)) {
                throw irreconcilable(first, other);
            }
        }
        boolean optional =
                isAbsentInOne
                        || seen.stream()
                                .anyMatch(one -> one.type().isRepetition(Repetition.OPTIONAL));
        Repetition repetition =
                isRepeated(first)
                        ? Repetition.REPEATED
                        : optional ? Repetition.OPTIONAL : Repetition.REQUIRED;
        Type common =
                first.type().isPrimitive() ? primitive(seen, repetition) : group(seen, repetition);
        return first.type().getId() == null
                ? common
                : common.withId(first.type().getId().intValue());
    }

    private static boolean isRepeated(Seen seen) {
        return seen.type().isRepetition(Repetition.REPEATED);
    }

    private static PrimitiveType primitive(List<Seen> seen, Repetition repetition) {
        PrimitiveType common = seen.getFirst().type().asPrimitiveType();
        for (Seen other : seen) {
            common =
                    wider(common, other.type().asPrimitiveType())
                            .orElseThrow(() -> irreconcilable(seen, other));
        }
        return Types.primitive(common.getPrimitiveTypeName(), repetition)
                .length(common.getTypeLength())
                .as(common.getLogicalTypeAnnotation())
                .columnOrder(common.columnOrder())
                .named(seen.getFirst().type().getName());
    }

    private static Optional<PrimitiveType> wider(PrimitiveType one, PrimitiveType other) {
        boolean there = Conversion.of(one, other).isPresent();
        boolean back = Conversion.of(other, one).isPresent();
        if (there && back) {
            // Older writers do not say that bytes are text.
            return Optional.of(one.getLogicalTypeAnnotation() == null ? other : one);
        }
        if (there || back) {
            return Optional.of(there ? other : one);
        }
        return WIDER_INTEGERS.stream()
                .filter(wide ->
                        Conversion.of(one, wide).isPresent()
                                && Conversion.of(other, wide).isPresent())
                .findFirst();
    }

    private static GroupType group(List<Seen> seen, Repetition repetition) {
        boolean byPlace = seen.stream().allMatch(one -> SchemaMapping.isContainer(one.path()));
        GroupType first = seen.getFirst().type().asGroupType();
        List<Type> fields = new ArrayList<>();
        for (int i = 0; i < first.getFieldCount(); i++) {
            List<Seen> same = new ArrayList<>();
            for (Seen other : seen) {
                same.add(
                        byPlace
                                ? fieldAt(i, seen.getFirst(), other)
                                : fieldNamed(first.getFieldName(i), seen.getFirst(), other));
            }
            fields.add(common(same, false));
        }
        return Types.buildGroup(repetition)
                .as(first.getLogicalTypeAnnotation())
                .addFields(fields.toArray(new Type[0]))
                .named(first.getName());
    }

    /** The parts of lists and maps have other names with other writers, and the same places. */
    private static Seen fieldAt(int place, Seen first, Seen other) {
        GroupType group = other.type().asGroupType();
        if (group.getFieldCount() != first.type().asGroupType().getFieldCount()) {
            throw irreconcilable(first, other);
        }
        return other.field(group.getType(place));
    }

    private static Seen fieldNamed(String name, Seen first, Seen other) {
        GroupType expected = first.type().asGroupType();
        GroupType group = other.type().asGroupType();
        if (!group.containsField(name)) {
            throw lacking(first, name, other);
        }
        for (Type field : group.getFields()) {
            if (!expected.containsField(field.getName())) {
                throw lacking(other, field.getName(), first);
            }
        }
        return other.field(group.getType(name));
    }

    /** Names the two that do not go together; it may be neither the first nor the last one. */
    private static MergeRefusedException irreconcilable(List<Seen> seen, Seen last) {
        for (Seen one : seen) {
            if (wider(one.type().asPrimitiveType(), last.type().asPrimitiveType()).isEmpty()) {
                return irreconcilable(one, last);
            }
        }
        return irreconcilable(seen.getFirst(), last);
    }

    private static MergeRefusedException irreconcilable(Seen one, Seen other) {
        return new MergeRefusedException(
                "the table's files have no common schema: column %s is '%s' in %s and '%s' in %s"
                        .formatted(one.name(), shape(one), one.file(), shape(other), other.file()));
    }

    private static MergeRefusedException lacking(Seen with, String field, Seen without) {
        return new MergeRefusedException(
                "the table's files have no common schema: group %s has a field %s in %s and none in %s; only a whole column may be missing"
                        .formatted(with.name(), field, with.file(), without.file()));
    }

    private static String shape(Seen seen) {
        return seen.type().toString().replaceAll("\\s+", " ").strip();
    }
}
