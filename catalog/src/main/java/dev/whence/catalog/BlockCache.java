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
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Blocks of the index on the local disk, one directory each, whole and verified: a block whose
 * directory is there needs not be fetched again. Blocks are never changed, so the cache outlives
 * its process. What the disk makes of them afterwards is found by those who read them, and {@link
 * #dropDamaged} mends it. Thread-safe; one cache directory belongs to one process.
 */
public final class BlockCache {
    private static final System.Logger LOG = System.getLogger(BlockCache.class.getName());
    private static final String INCOMING = "incoming-";

    /** A directory that goes: under its own name, half of it would be taken for the block. */
    private static final String LEAVING = INCOMING + "no-more-";

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
     * A file of the block, compared with what the block says of it each time: for what is small and
     * has no sums of its own. If the local one is another, it is fetched again.
     *
     * @throws CorruptCatalogException if that one is another, too
     */
    public byte[] read(Block block, FileRef file) throws IOException {
        Optional<byte[]> local = readIfWhole(block, file);
        if (local.isEmpty()) {
            dropDamaged(List.of(block));
            local = readIfWhole(block, file);
        }
        return local.orElseThrow(() ->
                new CorruptCatalogException(
                        block.key(file),
                        "the local disk does not keep it as it was fetched",
                        null));
    }

    private Optional<byte[]> readIfWhole(Block block, FileRef file) throws IOException {
        Path path = fetch(block).resolve(file.name());
        if (!Files.isRegularFile(path)) {
            return Optional.empty();
        }
        byte[] bytes = Files.readAllBytes(path);
        return FileRef.of(file.name(), bytes).equals(file) ? Optional.of(bytes) : Optional.empty();
    }

    /**
     * Reads blocks whole, and removes those that are not what they were when they were fetched, so
     * that the next who needs them fetches them again. Mappings of removed files stay as they are.
     *
     * @return whether any of them is not here now
     */
    public boolean dropDamaged(List<Block> blocks) throws IOException {
        boolean lacking = false;
        for (Block block : blocks) {
            Path directory = root.resolve(block.id());
            if (!isWhole(block, directory)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "Block {0} is damaged on the local disk, or not there: it is fetched again",
                        block.id());
                discard(directory);
                lacking = true;
            }
        }
        return lacking;
    }

    private static boolean isWhole(Block block, Path directory) throws IOException {
        for (FileRef file : block.files()) {
            Path path = directory.resolve(file.name());
            if (!Files.isRegularFile(path) || !FileRef.of(path).equals(file)) {
                return false;
            }
        }
        return true;
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
                discard(entry);
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

    /** Removes a directory in one step, as far as others see it. */
    private synchronized void discard(Path directory) throws IOException {
        if (directory.getFileName().toString().startsWith(INCOMING)) {
            remove(directory);
            return;
        }
        Path leaving = root.resolve(LEAVING + directory.getFileName());
        remove(leaving);
        if (Files.exists(directory)) {
            Files.move(directory, leaving, StandardCopyOption.ATOMIC_MOVE);
            remove(leaving);
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
