package dev.whence.store;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Objects as files below a local directory, each under its key, for any number of processes. An
 * object is written in a reserved folder, forced to disk, and then given its name by one step of
 * the filesystem: a rename, or a hard link where it must be absent. A file that a kill leaves in
 * the reserved folder is never read or listed, and is deleted when a store is opened that finds it
 * a day old: no process that lives takes that long over one.
 */
final class DirectoryStore implements ObjectStore {
    private static final int MAX_NAMING_ATTEMPTS = 100;
    private static final Duration ABANDONED_AGE = Duration.ofDays(1);

    private final Path root;
    private final Path incoming;
    private final Folders folders;

    DirectoryStore(Path root, Clock clock) throws IOException {
        this.root = Files.createDirectories(root.toAbsolutePath().normalize());
        this.incoming = this.root.resolve(Keys.RESERVED_SEGMENT);
        this.folders = new Folders(this.root);
        if (Files.isDirectory(incoming)) {
            WholeFile.deleteAbandoned(incoming, clock.instant().minus(ABANDONED_AGE));
        }
    }

    @Override
    public ObjectInfo head(String key) throws ObjectStoreException {
        Path file = fileOf(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw new ObjectNotFoundException(key, "no object " + key + ": a folder", null);
            }
            return DirectoryListing.info(key, attributes);
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw DirectoryErrors.reading(key, e);
        }
    }

    @Override
    public byte[] get(String key) throws ObjectStoreException {
        Limits.requireSmall(key, head(key).bytes());
        try {
            return Files.readAllBytes(fileOf(key));
        } catch (IOException e) {
            throw DirectoryErrors.reading(key, e);
        }
    }

    @Override
    public byte[] getRange(String key, long offset, int length) throws ObjectStoreException {
        Range range = new Range(Keys.check(key), offset, length);
        head(key);
        try (FileChannel channel = FileChannel.open(fileOf(key), StandardOpenOption.READ)) {
            range.requireWithin(channel.size());
            ByteBuffer content = ByteBuffer.allocate(length);
            while (content.hasRemaining()) {
                if (channel.read(content, offset + content.position()) < 0) {
                    throw range.notSatisfiable("the file was cut short", null);
                }
            }
            return content.array();
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw DirectoryErrors.reading(key, e);
        }
    }

    @Override
    public InputStream open(String key) throws ObjectStoreException {
        head(key);
        try {
            return Files.newInputStream(fileOf(key));
        } catch (IOException e) {
            throw DirectoryErrors.reading(key, e);
        }
    }

    @Override
    public void download(String key, Path file) throws ObjectStoreException {
        try (InputStream content = open(key);
                WholeFile whole = WholeFile.beside(file)) {
            whole.write(content);
            whole.moveTo(file.toAbsolutePath());
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new ObjectStoreException(
                    key, "cannot download %s to %s: %s".formatted(key, file, e), e);
        }
    }

    @Override
    public void put(String key, ObjectBody body) throws ObjectStoreException {
        store(key, body, WholeFile::moveTo);
    }

    @Override
    public PutResult putIfAbsent(String key, ObjectBody body) throws ObjectStoreException {
        if (Files.isRegularFile(fileOf(key))) {
            // The link would tell too, but only after the body has been written.
            return PutResult.ALREADY_EXISTS;
        }
        return store(key, body, WholeFile::linkTo);
    }

    @Override
    public PutResult copyIfAbsent(String from, String to) throws ObjectStoreException {
        Path source = fileOf(from);
        Path name = fileOf(to);
        if (Files.isRegularFile(name)) {
            return PutResult.ALREADY_EXISTS;
        }
        head(from);
        if (Files.isSymbolicLink(source)) {
            // A second name of the link would lead astray from another folder.
            return store(to, ObjectBody.of(source), WholeFile::linkTo);
        }
        try {
            return give(to, name, () -> link(from, source, name));
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw DirectoryErrors.preparing(to, e);
        }
    }

    /** The folder of the new name may go, and be made again; the source, once gone, stays gone. */
    private static void link(String from, Path source, Path name) throws IOException {
        try {
            Files.createLink(name, source);
        } catch (NoSuchFileException e) {
            if (!Files.exists(source)) {
                throw DirectoryErrors.reading(from, e);
            }
            throw e;
        }
    }

    @Override
    public Stream<ObjectInfo> list(String prefix) {
        Keys.checkPrefix(prefix);
        int traits = Spliterator.ORDERED | Spliterator.NONNULL | Spliterator.DISTINCT;
        return StreamSupport.stream(
                () ->
                        Spliterators.spliteratorUnknownSize(
                                new DirectoryListing(root, prefix), traits),
                traits,
                false);
    }

    @Override
    public void delete(String key) throws ObjectStoreException {
        Path file = fileOf(key);
        try {
            if (!Files.isRegularFile(file)) {
                return;
            }
            Files.deleteIfExists(file);
            folders.removeEmpty(Folders.of(file));
        } catch (IOException e) {
            throw DirectoryErrors.deleting(key, e);
        }
    }

    @Override
    public URI location(String key) {
        return root.resolve(Keys.check(key)).toUri();
    }

    @Override
    public void close() {}

    private interface Naming {
        void give(WholeFile file, Path name) throws IOException;
    }

    private interface Step {
        void take() throws IOException;
    }

    private PutResult store(String key, ObjectBody body, Naming naming)
            throws ObjectStoreException {
        Path name = fileOf(key);
        try (WholeFile file = incoming()) {
            file.write(body);
            return give(key, name, () -> naming.give(file, name));
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw DirectoryErrors.preparing(key, e);
        }
    }

    /** The reserved folder is made by the first put: whoever only reads leaves no trace. */
    private WholeFile incoming() throws IOException {
        return WholeFile.in(Files.createDirectories(incoming));
    }

    /** Takes the one step that gives a file its name, in a folder that is there. */
    private PutResult give(String key, Path name, Step step) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                folders.make(Folders.of(name));
                requireNoFolder(key, name);
                if (!isGiven(key, step)) {
                    return PutResult.ALREADY_EXISTS;
                }
                break;
            } catch (NoSuchFileException e) {
                // A delete removed the folder just when it was empty.
                if (attempt == MAX_NAMING_ATTEMPTS) {
                    throw e;
                }
            }
        }
        try {
            folders.force(Folders.of(name));
        } catch (NoSuchFileException _) {
            // Somebody has deleted the object already, and its folder with it.
        } catch (IOException e) {
            throw DirectoryErrors.naming(key, e);
        }
        return PutResult.CREATED;
    }

    /** Returns false if the name is taken. */
    private static boolean isGiven(String key, Step step) throws IOException {
        try {
            step.take();
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        } catch (NoSuchFileException | ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw DirectoryErrors.naming(key, e);
        }
    }

    private static void requireNoFolder(String key, Path name) throws ObjectStoreException {
        if (Files.isDirectory(name)) {
            throw new ObjectStoreException(
                    key, "cannot put %s: it is a folder of other keys".formatted(key), null);
        }
    }

    private Path fileOf(String key) throws ObjectStoreException {
        try {
            return root.resolve(Keys.check(key));
        } catch (InvalidPathException e) {
            throw new ObjectStoreException(
                    key,
                    "this process cannot name a file %s: start it in a UTF-8 locale (LC_ALL=C.UTF-8)"
                            .formatted(key),
                    e);
        }
    }
}
