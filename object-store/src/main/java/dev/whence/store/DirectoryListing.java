package dev.whence.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The objects below a directory in key order, a folder at a time: memory holds the names of the
 * folders from the root to where the walk is, never the whole tree. A folder is sorted as if its
 * name ended in {@code /}, which makes the walk's order that of the keys.
 */
final class DirectoryListing implements Iterator<ObjectInfo> {

    /** A child of a folder, by the key that it has, or the prefix of the keys that it holds. */
    private record Entry(String key, Path path, BasicFileAttributes attributes) {
        static final Comparator<Entry> ORDER = Comparator.comparing(Entry::key, Keys.ORDER);
    }

    private final String prefix;
    private final Deque<Iterator<Entry>> open = new ArrayDeque<>();
    private @Nullable ObjectInfo next;

    DirectoryListing(Path root, String prefix) {
        this.prefix = prefix;
        String folder = prefix.substring(0, prefix.lastIndexOf('/') + 1);
        open.push(children(folder, root.resolve(folder)));
    }

    @Override
    public boolean hasNext() {
        while (next == null && !open.isEmpty()) {
            Iterator<Entry> folder = open.peek();
            if (!folder.hasNext()) {
                open.pop();
                continue;
            }
            Entry entry = folder.next();
            if (entry.attributes().isDirectory()) {
                open.push(children(entry.key(), entry.path()));
            } else {
                next = info(entry.key(), entry.attributes());
            }
        }
        return next != null;
    }

    @Override
    public ObjectInfo next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        ObjectInfo info = next;
        next = null;
        return info;
    }

    static ObjectInfo info(String key, BasicFileAttributes attributes) {
        return new ObjectInfo(key, attributes.size(), attributes.lastModifiedTime().toInstant());
    }

    private Iterator<Entry> children(String folder, Path path) {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(path)) {
            for (Path child : children) {
                @Nullable Entry entry = entry(folder, child);
                if (entry != null) {
                    entries.add(entry);
                }
            }
        } catch (IOException e) {
            // The last object of a folder takes the folder with it.
            if (!DirectoryErrors.isAbsent(e)) {
                throw new UncheckedIOException(DirectoryErrors.reading(folder, e));
            }
        } catch (DirectoryIteratorException e) {
            throw new UncheckedIOException(
                    DirectoryErrors.reading(folder, Objects.requireNonNull(e.getCause())));
        }
        entries.sort(Entry.ORDER);
        return entries.iterator();
    }

    /** Null for what is no object, holds none that is asked for, or has just been deleted. */
    private @Nullable Entry entry(String folder, Path child) throws IOException {
        String name = folder + child.getFileName();
        if (name.equals(Keys.RESERVED_SEGMENT)) {
            return null;
        }
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(child, BasicFileAttributes.class);
        } catch (IOException e) {
            if (DirectoryErrors.isAbsent(e)) {
                return null;
            }
            throw e;
        }
        String key = attributes.isDirectory() ? name + "/" : name;
        boolean wanted =
                key.startsWith(prefix) || (attributes.isDirectory() && prefix.startsWith(key));
        boolean known = attributes.isDirectory() || attributes.isRegularFile();
        return wanted && known ? new Entry(key, child, attributes) : null;
    }
}
