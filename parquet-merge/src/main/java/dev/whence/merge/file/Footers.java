package dev.whence.merge.file;

import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Opens a target's files, often more than once in a merge, and reads each footer once as long as
 * footers fit a bound. Thread-safe.
 */
public final class Footers {
    /** What a column chunk, or a column of a schema, takes of memory. */
    private static final long CHUNK_BYTES = 1 << 10;

    private final ObjectStore store;
    private final long memoryBytes;
    private final ConcurrentHashMap<String, ParquetMetadata> kept = new ConcurrentHashMap<>();
    private final AtomicLong keptBytes = new AtomicLong();

    /**
     * @param memoryBytes what footers that are kept may take
     */
    public Footers(ObjectStore store, long memoryBytes) {
        this.store = store;
        this.memoryBytes = memoryBytes;
    }

    public ParquetInput open(DataFile file) throws IOException {
        ParquetMetadata known = kept.get(file.key());
        if (known != null) {
            return ParquetInput.open(store, file, known);
        }
        ParquetInput input = ParquetInput.open(store, file);
        ParquetMetadata footer = input.footer();
        long bytes = bytes(footer);
        if (keptBytes.addAndGet(bytes) > memoryBytes
                || kept.putIfAbsent(file.key(), footer) != null) {
            keptBytes.addAndGet(-bytes);
        }
        return input;
    }

    private static long bytes(ParquetMetadata footer) {
        long chunks = footer.getFileMetaData().getSchema().getPaths().size();
        for (BlockMetaData rowGroup : footer.getBlocks()) {
            chunks += rowGroup.getColumns().size();
        }
        return chunks * CHUNK_BYTES;
    }
}
