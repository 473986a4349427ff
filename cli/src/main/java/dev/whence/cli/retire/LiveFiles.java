package dev.whence.cli.retire;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Version;
import dev.whence.cli.check.MappedVersion;
import dev.whence.cli.table.Scratch;
import dev.whence.index.LakeFile;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which files of the lake a version names, in 8 bytes for each; its blocks are fetched when the
 * first is asked for. A key that is not understood counts as named, a source of a merge never is.
 * Two keys may share a hash: then one that is named by nobody counts as named, and stays. Not
 * thread-safe.
 */
final class LiveFiles implements Predicate<String> {
    private final ObjectStore store;
    private final Version version;
    private long @Nullable [] sortedHashes;

    LiveFiles(ObjectStore store, Version version) {
        this.store = store;
        this.version = version;
    }

    /**
     * @throws UncheckedIOException if the version cannot be read
     */
    @Override
    public boolean test(String key) {
        if (BatchFileName.of(key).isPresent()) {
            return false;
        }
        boolean understood =
                LakeLayout.LANDING.matcher(key).matches() || LakeLayout.MADE.matcher(key).matches();
        return !understood || Arrays.binarySearch(hashes(), hash(key)) >= 0;
    }

    private long[] hashes() {
        if (sortedHashes == null) {
            try {
                sortedHashes = read();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return sortedHashes;
    }

    private long[] read() throws IOException {
        try (var scratch = new Scratch(Files.createTempDirectory("whence-retire-"));
                MappedVersion mapped =
                        MappedVersion.fetch(version, new BlockCache(store, scratch.path()));
                Stream<LakeFile> files = mapped.index().files()) {
            return files.mapToLong(file -> hash(file.key())).sorted().toArray();
        }
    }

    private static long hash(String key) {
        long hash = 1;
        for (int i = 0; i < key.length(); i++) {
            hash = hash * 1_000_003 + key.charAt(i);
        }
        return hash;
    }
}
