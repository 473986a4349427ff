package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/**
 * Writes a generation of the dictionary: new domains, sorted, with the ordinals {@code
 * firstOrdinal, firstOrdinal + 1, …} in that order.
 */
public final class GenerationWriter {
    private GenerationWriter() {}

    /**
     * Writes a new generation.
     *
     * @param directory made if it is not there; gets the generation's files
     * @param sortedDomains distinct, ascending by bytes, ASCII
     * @return the files, each complete and synced
     */
    public static List<BlockFile> write(
            Path directory, UrlProfile profile, int firstOrdinal, Iterator<String> sortedDomains)
            throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Folds adjacent generations (ascending, without gaps) into one; every domain keeps its
     * ordinal.
     */
    public static List<BlockFile> merge(Path directory, List<Path> adjacent) throws IOException {
        throw new UnsupportedOperationException();
    }
}
