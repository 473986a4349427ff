package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * Writes a generation of the dictionary: new domains, sorted, with the ordinals {@code
 * firstOrdinal, firstOrdinal + 1, …} in that order.
 */
public final class GenerationWriter {
    private GenerationWriter() {}

    /**
     * Writes a new generation, in memory that does not grow with it.
     *
     * @param directory made if it is not there; gets the generation's files
     * @param sortedDomains distinct, ascending by bytes, ASCII of 1 to 255 bytes
     * @return the files, each complete and synced
     * @throws IllegalArgumentException if the domains do not ascend, or are not domains
     * @throws java.nio.file.FileAlreadyExistsException if the directory holds a generation already
     */
    public static List<BlockFile> write(
            Path directory, UrlProfile profile, int firstOrdinal, Iterator<String> sortedDomains)
            throws IOException {
        BlockDirectory.create(directory);
        Envelope envelope = Envelope.of(IndexFormat.DOMAINS, profile, UUID.randomUUID());
        BlockFile file;
        try (DictionaryWriter writer = new DictionaryWriter(directory, envelope, firstOrdinal)) {
            while (sortedDomains.hasNext()) {
                writer.add(DomainKey.of(sortedDomains.next()).bytes());
            }
            file = writer.finish(false);
        }
        BlockDirectory.sync(directory);
        return List.of(file);
    }

    /**
     * Folds adjacent generations (ascending, without gaps) into one, in memory that does not grow
     * with them; every domain keeps its ordinal. While it works, a scratch file of four bytes a
     * domain lies in the directory.
     *
     * @throws IndexFileException if one of them cannot be read
     * @throws IllegalArgumentException if they are not adjacent, or made under different profiles
     */
    public static List<BlockFile> merge(Path directory, List<Path> adjacent) throws IOException {
        return GenerationMerge.merge(directory, adjacent);
    }
}
