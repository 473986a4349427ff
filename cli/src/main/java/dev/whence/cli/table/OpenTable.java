package dev.whence.cli.table;

import dev.whence.merge.DataFile;
import dev.whence.merge.Dataset;
import dev.whence.merge.directory.DirectoryTable;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * A table whose store is open.
 *
 * @param location as it was named
 * @param root where its keys begin: empty, or ending with a slash
 * @param file the key of the one file, if that is all
 */
public record OpenTable(ObjectStore store, String location, String root, Optional<String> file)
        implements AutoCloseable {

    static OpenTable prefix(ObjectStore store, String location, String root) {
        return new OpenTable(store, location, root, Optional.empty());
    }

    static OpenTable file(ObjectStore store, String location, String key) {
        return new OpenTable(store, location, "", Optional.of(key));
    }

    public DirectoryTable table() {
        return new DirectoryTable(store, root, Clock.systemUTC(), new SecureRandom());
    }

    /** Its files, to be read. */
    public Dataset dataset() throws IOException {
        return file.isPresent()
                ? new Dataset(
                        store, List.of(DataFile.of(file.get(), store.head(file.get()).bytes())))
                : table().present().dataset(store);
    }

    /** Whether one lies within the other, or is the same. */
    public boolean overlaps(OpenTable other) {
        String mine = place();
        String theirs = other.place();
        return mine.startsWith(theirs) || theirs.startsWith(mine);
    }

    private String place() {
        // A root alone is no key: take a file in it, and cut that off.
        String key = file.orElse(root + "x");
        URI found = store.location(key);
        String text = found.toString();
        return file.isPresent() ? text : text.substring(0, text.length() - 1);
    }

    @Override
    public void close() {
        store.close();
    }
}
