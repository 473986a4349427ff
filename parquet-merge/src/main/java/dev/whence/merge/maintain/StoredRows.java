package dev.whence.merge.maintain;

import dev.whence.merge.Dataset;
import dev.whence.merge.Progress;
import dev.whence.merge.rows.Reading;
import dev.whence.merge.rows.SourceReader;
import dev.whence.merge.rows.SourceRows;
import dev.whence.merge.rows.TableSpec;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Rows of a table's files, or parts of them, on scratch disk until it is closed. */
record StoredRows(SourceRows rows, Arena arena) implements AutoCloseable {
    /** Nobody asks which values there are. */
    private static final long NO_RANGES = 4 << 10;

    static StoredRows read(
            Dataset files, TableSpec table, Reading reading, Path scratch, Progress progress)
            throws IOException {
        Arena arena = Arena.ofShared();
        boolean read = false;
        try (SourceReader reader = new SourceReader(table, reading, scratch, NO_RANGES, arena)) {
            var stored = new StoredRows(reader.read(files, progress), arena);
            read = true;
            return stored;
        } finally {
            if (!read) {
                arena.close();
            }
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
