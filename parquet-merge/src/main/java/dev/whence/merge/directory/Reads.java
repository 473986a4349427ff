package dev.whence.merge.directory;

import dev.whence.merge.Partition;
import java.util.List;

/**
 * What a change of a table looked at, beside the files that it takes out: decides whether a change
 * of somebody else's in between makes it wrong.
 *
 * @param everything whether any other file could matter
 * @param partitions those whose files matter, if not everything does
 */
public record Reads(boolean everything, List<Partition> partitions) {
    /** Whatever others do: an append, or a rewrite of files as they are. */
    public static final Reads NOTHING = new Reads(false, List.of());

    public static final Reads EVERYTHING = new Reads(true, List.of());

    public Reads {
        partitions = List.copyOf(partitions);
    }

    /** Whether a file that came or went in a partition matters. */
    boolean concern(Partition partition) {
        return everything || partitions.contains(partition);
    }
}
