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
        return file.isPresent() ? named(file.get()) : rootName();
    }

    /** What engines call its root, ending with a slash. */
    public String rootName() {
        // A root alone is no key.
        String inIt = named(root + "x");
        return inIt.substring(0, inIt.length() - 1);
    }

    /** What engines call an object: its location, in which they do not look for escapes. */
    public String named(String key) {
        URI location = store.location(key);
        String authority = location.getRawAuthority();
        return "%s://%s%s"
                .formatted(
                        location.getScheme(),
                        authority == null ? "" : authority,
                        location.getPath());
    }

    @Override
    public void close() {
        store.close();
    }
}
