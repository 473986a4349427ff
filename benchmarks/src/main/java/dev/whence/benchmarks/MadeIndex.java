package dev.whence.benchmarks;

import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.index.IndexSnapshot;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * An index of one generation of made-up domains, with made-up members.
 *
 * @param files of the segments
 */
record MadeIndex(Path generation, List<Path> segments, List<BlockFile> files) {
    private static final int VERIFIED = 20_000;

    /** Over a stack of so many segments. */
    static MadeIndex write(Path directory, SortedDomains domains, int segments) throws IOException {
        Path generation = directory.resolve("generation");
        GenerationWriter.write(generation, UrlProfile.current(), 0, domains);
        return over(generation, directory, domains.count(), segments);
    }

    /** Another stack over the same generation. */
    static MadeIndex over(Path generation, Path directory, int domains, int segments)
            throws IOException {
        var stack = new ArrayList<Path>();
        for (int i = 0; i < segments; i++) {
            stack.add(directory.resolve("segment-" + segments + "-" + i));
        }
        return new MadeIndex(generation, stack, MadeMembers.write(stack, domains));
    }

    IndexSnapshot open() throws IOException {
        return IndexSnapshot.open(List.of(generation), segments);
    }

    /** Compares random answers with what was made. */
    void verify(IndexSnapshot index) {
        var random = new SplittableRandom(1);
        for (int i = 0; i < VERIFIED; i++) {
            int ordinal = random.nextInt(index.domains());
            if (!index.datasetsOf(ordinal).equals(MadeMembers.of(ordinal))) {
                throw new IllegalStateException("wrong members of ordinal " + ordinal);
            }
        }
    }

    long bytesOf(String file) {
        return files.stream()
                .filter(each -> each.name().equals(file))
                .mapToLong(BlockFile::bytes)
                .sum();
    }

    void printBytes(int domains) {
        files.stream()
                .map(BlockFile::name)
                .distinct()
                .forEach(name ->
                        System.out.printf(
                                Locale.ROOT,
                                "  %-28s %6.2f B a domain%n",
                                name,
                                (double) bytesOf(name) / domains));
    }
}
