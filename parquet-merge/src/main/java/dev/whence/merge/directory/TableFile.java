package dev.whence.merge.directory;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A data file of a table.
 *
 * @param path below the table's root
 * @param rows null if nobody has counted them yet
 * @param crc32c of its bytes; null if another program wrote it
 */
public record TableFile(String path, long bytes, @Nullable Long rows, @Nullable Integer crc32c) {

    public TableFile {
        Objects.requireNonNull(path, "path");
    }

    /** One that was found by listing. */
    static TableFile found(String path, long bytes) {
        return new TableFile(path, bytes, null, null);
    }

    TableFile withRows(@Nullable Long counted) {
        return new TableFile(path, bytes, counted, crc32c);
    }
}
