package dev.whence.merge.rows;

import dev.whence.merge.Partition;
import dev.whence.merge.file.ColumnRows;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.schema.MessageType;

/** Says which partition each row of one source file belongs to. Immutable. */
public interface Partitioner {

    /** The columns that have to be read, in order. */
    List<ColumnDescriptor> leaves();

    /**
     * The partition of the row that the readers stand on; they stay there.
     *
     * @param readers the place of the reader of each of {@link #leaves}
     */
    Partition read(ColumnRows rows, int[] readers);

    /** Makes one for each file. */
    @FunctionalInterface
    interface Factory {
        /** Empty if the file does not say where its rows belong. */
        Optional<Partitioner> of(MessageType schema, Partition place);
    }
}
