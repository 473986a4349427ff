package dev.whence.merge.rows;

import dev.whence.merge.MergeRefusedException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;

/** How a leaf column of a file becomes one of the table. Immutable. */
final class LeafMapping {
    private final String side;
    private final Optional<ColumnDescriptor> from;
    private final ColumnDescriptor to;
    private final int[] definitions;
    private final Conversion conversion;

    /**
     * @param side what the file is, for an error
     * @param from the file's column; empty if the file has none, and each row has a null
     * @param to the table's column
     * @param definitions the table's definition level for each of the file's; -1 for a null that
     *     the table cannot hold
     */
    private LeafMapping(
            String side,
            Optional<ColumnDescriptor> from,
            ColumnDescriptor to,
            int[] definitions,
            Conversion conversion) {
        this.side = side;
        this.from = from;
        this.to = to;
        this.definitions = definitions;
        this.conversion = conversion;
    }

    static LeafMapping absent(ColumnDescriptor to) {
        return new LeafMapping("", Optional.empty(), to, new int[] {0}, Conversion.SAME);
    }

    /**
     * @param side what the file is, for an error
     * @param fromPath the types from the root's field to the leaf, the same number on both sides
     */
    static LeafMapping of(
            String side,
            ColumnDescriptor from,
            List<Type> fromPath,
            ColumnDescriptor to,
            List<Type> toPath) {
        Conversion conversion =
                Conversion.of(from.getPrimitiveType(), to.getPrimitiveType())
                        .orElseThrow(() ->
                                new MergeRefusedException(
                                        "column %s is %s in %s, the target has %s and cannot hold it"
                                                .formatted(
                                                        String.join(".", from.getPath()),
                                                        from.getPrimitiveType(),
                                                        side,
                                                        to.getPrimitiveType())));
        return new LeafMapping(
                side, Optional.of(from), to, definitions(fromPath, toPath), conversion);
    }

    Optional<ColumnDescriptor> from() {
        return from;
    }

    ColumnDescriptor to() {
        return to;
    }

    Conversion conversion() {
        return conversion;
    }

    /** Whether a chunk can be taken as it is: values, levels and the name that it has in it. */
    boolean isIdentity() {
        if (from.isEmpty()
                || conversion != Conversion.SAME
                || !Arrays.equals(from.get().getPath(), to.getPath())) {
            return false;
        }
        for (int i = 0; i < definitions.length; i++) {
            if (definitions[i] != i) {
                return false;
            }
        }
        return from.get().getMaxDefinitionLevel() == to.getMaxDefinitionLevel();
    }

    int definition(int level) {
        int mapped = definitions[level];
        if (mapped < 0) {
            throw new MergeRefusedException(
                    "column %s is required in the target, and %s has a null in it"
                            .formatted(String.join(".", to.getPath()), side));
        }
        return mapped;
    }

    private static int[] definitions(List<Type> from, List<Type> to) {
        int[] levels = new int[1 + nullable(from, from.size())];
        Arrays.fill(levels, -1);
        levels[levels.length - 1] = nullable(to, to.size());
        int level = 0;
        for (int i = 0; i < from.size(); i++) {
            if (!from.get(i).isRepetition(Repetition.REQUIRED)) {
                if (!to.get(i).isRepetition(Repetition.REQUIRED)) {
                    levels[level] = nullable(to, i);
                }
                level++;
            }
        }
        return levels;
    }

    /** How many of the first nodes of a path can be null or empty. */
    private static int nullable(List<Type> path, int nodes) {
        return (int)
                path.subList(0, nodes).stream()
                        .filter(node -> !node.isRepetition(Repetition.REQUIRED))
                        .count();
    }
}
