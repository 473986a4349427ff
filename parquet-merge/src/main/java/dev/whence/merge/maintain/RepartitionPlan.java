package dev.whence.merge.maintain;

import dev.whence.merge.Partition;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which partitions a table would have, to be read by people and programs. Immutable.
 *
 * @param columns of the new paths, outermost first
 * @param formerColumns of the paths as they are, outermost first
 * @param files that would be written anew: all of the table, or none
 * @param bytes of those
 * @param rows of the table
 * @param partitions that there would be, in the order in which their first rows stand in the table;
 *     none if nothing would change
 */
public record RepartitionPlan(
        List<String> columns,
        List<String> formerColumns,
        long files,
        long bytes,
        long rows,
        List<Place> partitions) {

    /** A partition, and how many rows it would have. */
    public record Place(Partition partition, long rows) {}

    public RepartitionPlan {
        columns = List.copyOf(columns);
        formerColumns = List.copyOf(formerColumns);
        partitions = List.copyOf(partitions);
    }

    /** Whether the table is partitioned so already. */
    public boolean changesNothing() {
        return columns.equals(formerColumns);
    }

    @Override
    public String toString() {
        if (changesNothing()) {
            return "the table is partitioned by %s already\n".formatted(String.join(", ", columns));
        }
        var text = new StringBuilder();
        text.append(
                "partition by %s (now by %s): %,d rows of %,d files, %,d bytes, go to %,d partitions\n"
                        .formatted(
                                String.join(", ", columns),
                                formerColumns.isEmpty()
                                        ? "nothing"
                                        : String.join(", ", formerColumns),
                                rows,
                                files,
                                bytes,
                                partitions.size()));
        for (Place place : partitions) {
            text.append("partition %s: %,d rows\n".formatted(named(place), place.rows()));
        }
        return text.toString();
    }

    private static String named(Place place) {
        return place.partition().values().stream()
                .map(value ->
                        "%s=%s"
                                .formatted(
                                        value.column(),
                                        value.value() == null
                                                ? "null"
                                                : "'%s'".formatted(value.value())))
                .collect(Collectors.joining(", "));
    }
}
