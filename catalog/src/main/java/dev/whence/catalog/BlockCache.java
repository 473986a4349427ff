package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Blocks of the index on the local disk, one directory each, whole and verified: a block whose
 * directory is there needs not be fetched or checked again. Blocks are never changed, so the cache
 * outlives its process. Thread-safe; one cache directory belongs to one process.
 */
public final class BlockCache {
    private static final String INCOMING = "incoming-";

    private final ObjectStore store;
    private final Path root;
    private final LongSupplier roomBytes;

    /** Names of directories that somebody works with; guarded by this. */
    private final Set<String> held = new HashSet<>();

    /** Opens the cache, and clears away what earlier processes left unfinished. */
    public BlockCache(ObjectStore store, Path root) throws IOException {
        this(store, root, () -> Long.MAX_VALUE);
    }

    /**
     * The same, on a volume that has bounds which its file system does not keep.
     *
     * @param roomBytes what may still be fetched, asked before each block
     */
    public BlockCache(ObjectStore store, Path root, LongSupplier roomBytes) throws IOException {
        this.store = store;
        this.roomBytes = roomBytes;
        this.root = Files.createDirectories(root);
        for (Path entry : entries()) {
            if (entry.getFileName().toString().startsWith(INCOMING)) {
                remove(entry);
            }
        }
    }

    /** The directory that holds the block's files, fetched if they are not there yet. */
    public Path fetch(Block block) throws IOException {
        Path directory = root.resolve(block.id());
        return Files.isDirectory(directory) ? directory : fetch(block, directory, newDirectory());
    }

    private Path fetch(Block block, Path directory, Path incoming) throws IOException {
        try {
            long room = roomBytes.getAsLong();
            if (block.bytes() > room) {
                throw new IOException(
                        "no room for block %s of %,d bytes: the volume of %s has %,d left"
                                .formatted(block.id(), block.bytes(), root, room));
            }
            for (FileRef file : block.files()) {
                Path target = incoming.resolve(file.name());
                store.download(block.key(file), target);
                verify(block.key(file), target, file);
            }
            return settle(incoming, directory);
        } catch (IOException | RuntimeException e) {
            try {
                remove(incoming);
            } catch (IOException left) {
                e.addSuppressed(left);
            }
            throw e;
        }
    }

    /**
     * Takes over a block that was built here, under the id that it will have: its files are moved.
     */
    public Path adopt(Block block, Path built) throws IOException {
        return settle(built, root.resolve(block.id()));
    }

    /** A directory on the cache's own disk, in which a block can be built that is then adopted. */
    public Path newDirectory() throws IOException {
        return Files.createTempDirectory(root, INCOMING);
    }

    /** Begins work that {@link #retain} must leave alone. */
    public Hold hold() {
        return new Hold();
    }

    /**
     * Removes every block but these, what is held, and whatever is unfinished: nothing else may be
     * fetched or built meanwhile; mappings of removed files stay readable until they are closed.
     */
    public void retain(Set<String> blockIds) throws IOException {
        retain(() -> blockIds);
    }

    /**
     * Removes every block but those that are needed.
     *
     * @param blockIds asked while no {@link Hold} can end, so that what somebody held until now and
     *     handed over is needed or held
     */
    public synchronized void retain(Supplier<Set<String>> blockIds) throws IOException {
        Set<String> needed = blockIds.get();
        for (Path entry : entries()) {
            String name = entry.getFileName().toString();
            if (!needed.contains(name) && !held.contains(name)) {
                remove(entry);
            }
        }
    }

    /**
     * What a thread works with beside the one that retains: it stays until this is closed. Not
     * thread-safe.
     */
    public final class Hold implements AutoCloseable {
        private final Set<String> names = new HashSet<>();

        private Hold() {}

        /** As {@link BlockCache#fetch}. */
        public Path fetch(Block block) throws IOException {
            keep(block.id());
            Path directory = root.resolve(block.id());
            return Files.isDirectory(directory)
                    ? directory
                    : BlockCache.this.fetch(block, directory, newDirectory());
        }

        /** As {@link BlockCache#newDirectory}. */
        public Path newDirectory() throws IOException {
            synchronized (BlockCache.this) {
                Path directory = BlockCache.this.newDirectory();
                keep(directory.getFileName().toString());
                return directory;
            }
        }

        /** As {@link BlockCache#adopt}. */
        public Path adopt(Block block, Path built) throws IOException {
            keep(block.id());
            return BlockCache.this.adopt(block, built);
        }

        /** Lets go of it: what nobody needs goes with the next {@link BlockCache#retain}. */
        @Override
        public void close() {
            synchronized (BlockCache.this) {
                held.removeAll(names);
            }
        }

        private void keep(String name) {
            synchronized (BlockCache.this) {
                held.add(name);
                names.add(name);
            }
        }
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.toList();
        }
    }

    private static Path settle(Path from, Path directory) throws IOException {
        try {
            return Files.move(from, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (Files.isDirectory(directory)) {
                remove(from);
                return directory;
            }
            throw e;
        }
    }

    private static void verify(String key, Path file, FileRef expected) throws IOException {
        FileRef found = FileRef.of(file);
        if (!found.equals(expected)) {
            throw new CorruptCatalogException(
                    key, "expected " + expected + ", found " + found, null);
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void remove(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                for (Path entry : entries.toList()) {
                    remove(entry);
                }
            }
        }
        Files.deleteIfExists(path);
    }
}
