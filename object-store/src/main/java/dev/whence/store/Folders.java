package dev.whence.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * The folders of a directory store: made on disk before an object is named in them, and removed
 * when their last object is deleted. Both can happen at once, in any number of processes; whoever
 * finds a folder gone makes it again.
 */
final class Folders {
    private final Path root;
    private final Object making = new Object();

    Folders(Path root) {
        this.root = root;
    }

    /** The folder of a file or folder below the root. */
    static Path of(Path path) {
        return Objects.requireNonNull(path.getParent());
    }

    /**
     * Makes the folder and those above it; one at a time, so that whoever finds a folder of this
     * process finds it on disk too.
     *
     * @throws NoSuchFileException if one was removed meanwhile: try again
     */
    void make(Path folder) throws IOException {
        synchronized (making) {
            makeInTurn(folder);
        }
    }

    private void makeInTurn(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        makeInTurn(of(folder));
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        force(of(folder));
    }

    /** Forces the names in a folder to disk. */
    void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Removes the folder and those above it as far as they are empty. */
    void removeEmpty(Path deepest) throws IOException {
        for (Path folder = deepest; !folder.equals(root); folder = of(folder)) {
            try {
                Files.deleteIfExists(folder);
            } catch (DirectoryNotEmptyException _) {
                return;
            }
        }
    }
}
