package dev.whence.query;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.store.ObjectStoreException;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are open: the newest, which is served, and a few older ones that pinned
 * questions asked for, least recently used first to go. Thread-safe. A swap waits for nobody: who
 * holds a lease goes on reading the version that he began with, and its mapping goes with its last
 * reader.
 */
public final class VersionShelf implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VersionShelf.class.getName());

    private final VersionChain chain;
    private final BlockCache blocks;
    private final VersionOpener opener;
    private final int mostOlder;

    /**
     * Held while blocks are fetched or thrown away: the block cache may not do both at once. Never
     * held to lease what is open.
     */
    private final ReentrantLock opening = new ReentrantLock();

    private final Map<Long, OpenVersion> older = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable OpenVersion newest;

    /**
     * Begins with nothing open.
     *
     * @param mostOlder how many versions beside the newest may be open
     */
    public VersionShelf(VersionChain chain, BlockCache blocks, UrlProfile profile, int mostOlder) {
        this.chain = chain;
        this.blocks = blocks;
        this.opener = new VersionOpener(blocks, profile);
        this.mostOlder = mostOlder;
    }

    /** The number of the version that is served, once there is one. */
    public OptionalLong served() {
        OpenVersion current = newest;
        return current == null ? OptionalLong.empty() : OptionalLong.of(current.number());
    }

    public int openVersions() {
        synchronized (older) {
            return older.size() + (newest == null ? 0 : 1);
        }
    }

    /** A lease on the version that is served. */
    public VersionLease lease() throws QueryException {
        while (true) {
            OpenVersion current = requireNewest();
            if (current.index().acquire()) {
                return new VersionLease(current);
            }
            // Closed between the two lines: a swap has put another one in its place.
            Thread.onSpinWait();
        }
    }

    /** A lease on a version if it is open, without waiting for anything. */
    public Optional<VersionLease> leaseIfOpen(long number) throws QueryException {
        OpenVersion current = requireNewest();
        if (number == current.number()) {
            return current.index().acquire()
                    ? Optional.of(new VersionLease(current))
                    : leaseOlder(number);
        }
        requireRetained(number, current);
        return leaseOlder(number);
    }

    /**
     * A lease on any version that is kept, opened if it is not open. A number above the served one
     * is looked for in the chain: a cursor may come from a replica that is a moment ahead.
     */
    public VersionLease lease(long number) throws QueryException, IOException {
        Optional<VersionLease> open = leaseIfOpen(number);
        if (open.isPresent()) {
            return open.get();
        }
        opening.lock();
        try {
            open = leaseIfOpen(number);
            return open.isPresent() ? open.get() : openOlder(number);
        } finally {
            opening.unlock();
        }
    }

    /** Opens a version and serves it from now on; the one before stays at hand. */
    void advance(Version version) throws IOException {
        opening.lock();
        try {
            serve(opener.open(version));
            dropUnused();
        } finally {
            opening.unlock();
        }
    }

    /** Serves the empty version. */
    void advanceToEmpty() throws IOException {
        serve(OpenVersion.empty());
    }

    /**
     * Throws away whatever no open version needs, also blocks that turned out to be broken: the
     * next attempt fetches them again.
     */
    void forgetUnused() {
        opening.lock();
        try {
            dropUnused();
        } finally {
            opening.unlock();
        }
    }

    @Override
    public void close() {
        OpenVersion current = newest;
        newest = null;
        synchronized (older) {
            older.values().forEach(OpenVersion::close);
            older.clear();
        }
        if (current != null) {
            current.close();
        }
    }

    private void serve(OpenVersion next) {
        OpenVersion before = newest;
        newest = next;
        synchronized (older) {
            if (before != null) {
                shelve(before);
            }
            // It may have been pinned before it was served.
            OpenVersion pinned = older.remove(next.number());
            if (pinned != null) {
                pinned.close();
            }
        }
    }

    private VersionLease openOlder(long number) throws QueryException, IOException {
        OpenVersion current = requireNewest();
        Version version =
                chain.read(number)
                        .orElseThrow(
                                () -> new QueryException.UnknownVersion(number, current.number()));
        OpenVersion opened;
        try {
            opened = opener.open(version);
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException e) {
            throw new QueryException.RefusedVersion(number, e);
        }
        if (!opened.index().acquire()) {
            throw new IllegalStateException("version " + number + " closed while it was opened");
        }
        synchronized (older) {
            shelve(opened);
        }
        dropUnused();
        return new VersionLease(opened);
    }

    private Optional<VersionLease> leaseOlder(long number) {
        synchronized (older) {
            OpenVersion found = older.get(number);
            return found != null && found.index().acquire()
                    ? Optional.of(new VersionLease(found))
                    : Optional.empty();
        }
    }

    /** Under the lock of {@link #older}. */
    private void shelve(OpenVersion version) {
        older.put(version.number(), version);
        Iterator<OpenVersion> leastRecent = older.values().iterator();
        while (older.size() > mostOlder) {
            leastRecent.next().close();
            leastRecent.remove();
        }
    }

    private void dropUnused() {
        List<OpenVersion> open = new ArrayList<>();
        OpenVersion current = newest;
        if (current != null) {
            open.add(current);
        }
        synchronized (older) {
            if (current != null) {
                older.values().removeIf(version -> closeIfRetired(version, current));
            }
            open.addAll(older.values());
        }
        Set<String> used = new HashSet<>();
        open.forEach(version -> used.addAll(version.blockIds()));
        try {
            blocks.retain(used);
        } catch (IOException | UncheckedIOException e) {
            // Space on the disk, no more: whatever was opened is open, and the next time tries
            // again.
            LOG.log(Level.WARNING, "Blocks that no open version needs stay on the local disk", e);
        }
    }

    private static boolean closeIfRetired(OpenVersion version, OpenVersion current) {
        if (version.number() >= current.version().oldestRetained()) {
            return false;
        }
        version.close();
        return true;
    }

    private OpenVersion requireNewest() throws QueryException {
        OpenVersion current = newest;
        if (current == null) {
            throw new QueryException.NotServing();
        }
        return current;
    }

    private static void requireRetained(long number, OpenVersion current) throws QueryException {
        long oldest = current.version().oldestRetained();
        if (number < oldest) {
            throw new QueryException.RetiredVersion(number, oldest, current.number());
        }
    }
}
