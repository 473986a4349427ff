package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Writes a generation of the dictionary: new domains, sorted, with the ordinals {@code
 * firstOrdinal, firstOrdinal + 1, …} in that order.
 */
public final class GenerationWriter {
    private GenerationWriter() {}

    /** Writes a new generation with {@link LookupFiles#DEFAULT}. */
    public static List<BlockFile> write(
            Path directory, UrlProfile profile, int firstOrdinal, Iterable<String> sortedDomains)
            throws IOException {
        return write(directory, profile, firstOrdinal, sortedDomains, LookupFiles.DEFAULT);
    }

    /**
     * Writes a new generation, in memory that does not grow with it (48 MiB, 40 MB for each core,
     * and 2 bytes for a thousand domains). While it works, a scratch file of twelve bytes a domain
     * may lie in the directory.
     *
     * @param directory made if it is not there; gets the generation's files
     * @param sortedDomains distinct, ascending by bytes, ASCII of 1 to 255 bytes; gone through
     *     twice, first to learn how their parts are best coded
     * @return the files, each complete and synced
     * @throws IllegalArgumentException if the domains do not ascend, or are not domains
     * @throws java.nio.file.FileAlreadyExistsException if the directory holds a generation already
     */
    public static List<BlockFile> write(
            Path directory,
            UrlProfile profile,
            int firstOrdinal,
            Iterable<String> sortedDomains,
            LookupFiles lookup)
            throws IOException {
        BlockDirectory.create(directory);
        SuffixTraining training = new SuffixTraining();
        long domains = 0;
        for (String domain : sortedDomains) {
            training.offer(DomainKey.of(domain).bytes());
            domains++;
        }
        List<BlockFile> files;
        try (GenerationOutput out =
                new GenerationOutput(
                        directory, profile, firstOrdinal, training.code(domains), lookup)) {
            for (String domain : sortedDomains) {
                out.add(DomainKey.of(domain));
            }
            files = out.finish(Optional.empty());
        }
        BlockDirectory.sync(directory);
        return files;
    }

    /** Folds adjacent generations with {@link LookupFiles#DEFAULT}. */
    public static List<BlockFile> fold(Path directory, List<Path> adjacent) throws IOException {
        return fold(directory, adjacent, LookupFiles.DEFAULT);
    }

    /** Folds adjacent generations with {@link LookupFiles#DEFAULT}, and says how far it is. */
    public static List<BlockFile> fold(Path directory, List<Path> adjacent, FoldProgress progress)
            throws IOException {
        return GenerationFold.fold(directory, adjacent, LookupFiles.DEFAULT, progress);
    }

    /**
     * Folds adjacent generations (ascending, without gaps) into one, in memory that does not grow
     * with them; every domain keeps its ordinal. While it works, scratch files of sixteen bytes a
     * domain lie in the directory.
     *
     * @throws IndexFileException if one of them cannot be read
     * @throws IllegalArgumentException if they are not adjacent, or made under different profiles
     */
    public static List<BlockFile> fold(Path directory, List<Path> adjacent, LookupFiles lookup)
            throws IOException {
        return GenerationFold.fold(directory, adjacent, lookup, FoldProgress.NONE);
    }
}
