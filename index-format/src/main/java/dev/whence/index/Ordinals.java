package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Reads {@code ordinals}: both directions between rank and ordinal, of a generation that a merge
 * made. Ordinals count from the generation's first. Thread-safe.
 */
interface Ordinals {

    /** Reads the file's own version. */
    static Ordinals of(MappedFile file, int domains) throws IOException {
        try {
            return file.envelope().version() == 1
                    ? new TabledOrdinals(file, domains)
                    : new RunOrdinals(file, domains);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    MappedFile file();

    int ordinalOf(int rank);

    int rankOf(int ordinal);

    /** Where ordinals are known to ascend with their ranks, by ordinal. */
    List<OrdinalRun> runs();
}
