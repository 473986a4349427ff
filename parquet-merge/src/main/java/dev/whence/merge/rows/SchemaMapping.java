package dev.whence.merge.rows;

import dev.whence.merge.MergeRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** How rows of one schema are rows of another, leaf by leaf in the other's order. Immutable. */
public final class SchemaMapping {
    private final MessageType from;
    private final MessageType to;
    private final Set<String> elsewhere;
    private final boolean ofTable;
    private final List<LeafMapping> leaves = new ArrayList<>();

    private SchemaMapping(
            MessageType from, MessageType to, Set<String> elsewhere, boolean ofTable) {
        this.from = from;
        this.to = to;
        this.elsewhere = elsewhere;
        this.ofTable = ofTable;
    }

    /**
     * Maps a source to a target.
     *
     * @param elsewhere top-level columns of the source that the target keeps in its paths
     * @throws MergeRefusedException if the target cannot hold the source; it names the column
     */
    public static SchemaMapping ofSource(MessageType from, MessageType to, Set<String> elsewhere) {
        return new SchemaMapping(from, to, elsewhere, false).match();
    }

    /** Maps an older file of a table to the table's schema; columns it lacks are null. */
    public static SchemaMapping ofTableFile(MessageType from, MessageType to) {
        return ofTableFile(from, to, Set.of());
    }

    /**
     * The same for files of which some columns go to the paths.
     *
     * @param elsewhere top-level columns of the file that the table shall have in its paths
     */
    static SchemaMapping ofTableFile(MessageType from, MessageType to, Set<String> elsewhere) {
        return new SchemaMapping(from, to, elsewhere, true).match();
    }

    /** Which side an error speaks of. */
    private String side() {
        return ofTable ? "a file of the table" : "the source";
    }

    /** Whether every column chunk can be taken as it is, in its place. */
    public boolean isIdentity() {
        return leaves.stream().allMatch(LeafMapping::isIdentity)
                && leaves.stream()
                        .flatMap(leaf -> leaf.from().stream())
                        .toList()
                        .equals(from.getColumns());
    }

    /** The file's column that becomes a column of the table, if it has one. */
    public Optional<ColumnDescriptor> from(int leaf) {
        return leaves.get(leaf).from();
    }

    /**
     * Reads a column as the table has it.
     *
     * @param reader of the file's column, if it has one
     */
    public ConvertedColumn converted(int leaf, Optional<ColumnReader> reader) {
        return new ConvertedColumn(reader, leaves.get(leaf));
    }

    List<LeafMapping> leaves() {
        return leaves;
    }

    private SchemaMapping match() {
        match(from, to, new ArrayList<>(), new ArrayList<>());
        return this;
    }

    private void match(
            GroupType source, GroupType target, List<Type> sourcePath, List<Type> targetPath) {
        boolean byPlace = isContainer(sourcePath) && isContainer(targetPath);
        boolean root = targetPath.isEmpty();
        for (int i = 0; i < target.getFieldCount(); i++) {
            Type field = target.getType(i);
            String name = name(targetPath, field);
            if (byPlace && i < source.getFieldCount()) {
                match(source.getType(i), field, sourcePath, targetPath);
            } else if (source.containsField(field.getName())) {
                match(source.getType(field.getName()), field, sourcePath, targetPath);
            } else if (root && ofTable && !field.isRepetition(Repetition.REQUIRED)) {
                addAbsent(field);
            } else {
                throw new MergeRefusedException(
                        "%s has no column %s, and the target has".formatted(side(), name));
            }
        }
        for (Type field : source.getFields()) {
            boolean known =
                    byPlace
                            ? source.getFieldCount() <= target.getFieldCount()
                            : target.containsField(field.getName());
            if (!known && !(root && elsewhere.contains(field.getName()))) {
                throw new MergeRefusedException(
                        "%s has a column %s, and the target has none to hold it"
                                .formatted(side(), name(sourcePath, field)));
            }
        }
    }

    private void match(Type source, Type target, List<Type> sourcePath, List<Type> targetPath) {
        sourcePath.add(source);
        targetPath.add(target);
        if (source.isPrimitive() != target.isPrimitive()
                || source.isRepetition(Repetition.REPEATED)
                        != target.isRepetition(Repetition.REPEATED)) {
            throw new MergeRefusedException(
                    "column %s is '%s' in %s and '%s' in the target"
                            .formatted(
                                    name(targetPath.subList(0, targetPath.size() - 1), target),
                                    shape(source),
                                    side(),
                                    shape(target)));
        }
        if (target.isPrimitive()) {
            leaves.add(
                    LeafMapping.of(
                            side(),
                            leaf(from, sourcePath),
                            List.copyOf(sourcePath),
                            leaf(to, targetPath),
                            List.copyOf(targetPath)));
        } else {
            match(source.asGroupType(), target.asGroupType(), sourcePath, targetPath);
        }
        sourcePath.removeLast();
        targetPath.removeLast();
    }

    private void addAbsent(Type field) {
        for (ColumnDescriptor leaf : to.getColumns()) {
            if (leaf.getPath()[0].equals(field.getName())) {
                leaves.add(LeafMapping.absent(leaf));
            }
        }
    }

    /** Writers name the parts of lists and maps differently; their places are the same. */
    static boolean isContainer(List<Type> path) {
        return path.stream()
                .skip(Math.max(0, path.size() - 2))
                .map(Type::getLogicalTypeAnnotation)
                .anyMatch(annotation ->
                        annotation instanceof ListLogicalTypeAnnotation
                                || annotation instanceof MapLogicalTypeAnnotation);
    }

    private static ColumnDescriptor leaf(MessageType schema, List<Type> path) {
        return schema.getColumnDescription(path.stream().map(Type::getName).toArray(String[]::new));
    }

    private static String shape(Type type) {
        return type.getRepetition() + (type.isPrimitive() ? " value" : " group");
    }

    private static String name(List<Type> path, Type field) {
        var names = new ArrayList<>(path.stream().map(Type::getName).toList());
        names.add(field.getName());
        return String.join(".", names);
    }
}
