package dev.whence.merge.file;

import dev.whence.merge.DataFile;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;

/**
 * Opens a target's files, often more than once in a merge, and reads each footer once as long as
 * footers fit a bound. Thread-safe.
 */
public final class Footers {
    /** A column chunk takes about a kilobyte of memory. */
    private static final long LARGEST_CHUNKS = 200_000;

    private final ObjectStore store;
    private final ConcurrentHashMap<String, ParquetMetadata> kept = new ConcurrentHashMap<>();
    private final AtomicLong chunks = new AtomicLong();

    public Footers(ObjectStore store) {
        this.store = store;
    }

    public ParquetInput open(DataFile file) throws IOException {
        ParquetMetadata known = kept.get(file.key());
        if (known != null) {
            return ParquetInput.open(store, file, known);
        }
        ParquetInput input = ParquetInput.open(store, file);
        ParquetMetadata footer = input.footer();
        long size =
                1L
                        + footer.getBlocks().stream()
                                .mapToLong(group -> group.getColumns().size())
                                .sum();
        if (chunks.addAndGet(size) <= LARGEST_CHUNKS) {
            kept.put(file.key(), footer);
        }
        return input;
    }
}
