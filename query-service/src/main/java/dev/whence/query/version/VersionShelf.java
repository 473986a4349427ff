package dev.whence.query.version;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.query.QueryException;
import dev.whence.store.ObjectStoreException;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Instant;
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
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are open: the newest, which is served, and a few older ones that pinned
 * questions asked for, least recently used first to go. Thread-safe. A swap waits for nobody: who
 * holds a lease goes on reading the version that he began with, and its mapping goes with its last
 * reader.
 */
public final class VersionShelf implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(VersionShelf.class.getName());

    /** The empty version 0 is served until the first is published; it never was in the chain. */
    private static final long FIRST = 1;

    /** How far above the served version one is looked for: replicas are that close. */
    private static final int MOST_AHEAD = 8;

    private static final int FETCHES = 16;

    private final VersionChain chain;
    private final BlockCache blocks;
    private final VersionOpener opener;
    private final int mostOlder;

    /**
     * The block cache may not throw blocks away while some are fetched. Shared by all who fetch and
     * open; exclusive to throw away, which never waits: as long as somebody fetches, it is left to
     * the last of them. Never held to lease what is open.
     */
    private final ReentrantReadWriteLock cache = new ReentrantReadWriteLock();

    /**
     * Turns to open a version that is asked for by its number: the same one is never fetched twice
     * at a time, and not many are at all. What is published takes no turn and waits for none.
     */
    private final List<ReentrantLock> turns =
            Stream.generate(ReentrantLock::new).limit(FETCHES).toList();

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

    /** When the version that is served was published; empty for none and for the empty one. */
    public Optional<Instant> servedPublishedAt() {
        OpenVersion current = newest;
        return current == null || current.number() < FIRST
                ? Optional.empty()
                : Optional.of(current.version().publishedAt());
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
     * A lease on any version that is kept, opened if it is not open. A number a little above the
     * served one is looked for in the chain: a cursor may come from a replica that is a moment
     * ahead.
     */
    public VersionLease lease(long number) throws QueryException, IOException {
        Optional<VersionLease> open = leaseIfOpen(number);
        if (open.isPresent()) {
            return open.get();
        }
        Version version = read(number, requireNewest().number());
        ReentrantLock turn = turns.get((int) (number % FETCHES));
        turn.lock();
        try {
            open = leaseIfOpen(number);
            return open.isPresent() ? open.get() : openOlder(version);
        } finally {
            turn.unlock();
        }
    }

    /** Opens a version and serves it from now on; the one before stays at hand. */
    void advance(Version version) throws IOException {
        cache.readLock().lock();
        try {
            serve(opener.open(version));
        } finally {
            cache.readLock().unlock();
        }
        forgetUnused();
    }

    /** Serves the empty version. */
    void advanceToEmpty() throws IOException {
        serve(OpenVersion.empty());
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

    private Version read(long number, long served) throws QueryException, IOException {
        if (number - served > MOST_AHEAD) {
            throw new QueryException.UnknownVersion(number, served);
        }
        return chain.read(number)
                .orElseThrow(() -> new QueryException.UnknownVersion(number, served));
    }

    private VersionLease openOlder(Version version) throws QueryException, IOException {
        OpenVersion opened;
        cache.readLock().lock();
        try {
            opened = open(version);
            if (!opened.index().acquire()) {
                throw new IllegalStateException(
                        "version " + version.number() + " closed while it was opened");
            }
            synchronized (older) {
                shelve(opened);
            }
        } finally {
            cache.readLock().unlock();
        }
        forgetUnused();
        return new VersionLease(opened);
    }

    private OpenVersion open(Version version) throws QueryException, IOException {
        try {
            return opener.open(version);
        } catch (ObjectStoreException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new QueryException.RefusedVersion(version.number(), e);
        }
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
        OpenVersion same = older.put(version.number(), version);
        if (same != null) {
            same.close(); // opened as an older one while it became the newest
        }
        Iterator<OpenVersion> leastRecent = older.values().iterator();
        while (older.size() > mostOlder) {
            leastRecent.next().close();
            leastRecent.remove();
        }
    }

    /**
     * Throws away whatever no open version needs, also blocks that turned out to be broken: the
     * next attempt fetches them again. While other blocks are being fetched it does nothing.
     */
    void forgetUnused() {
        if (!cache.writeLock().tryLock()) {
            return;
        }
        try {
            blocks.retain(usedBlocks());
        } catch (IOException | UncheckedIOException e) {
            // Space on the disk, no more: whatever was opened is open, and the next time tries
            // again.
            LOG.log(Level.WARNING, "Blocks that no open version needs stay on the local disk", e);
        } finally {
            cache.writeLock().unlock();
        }
    }

    private Set<String> usedBlocks() {
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
        return used;
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
        if (number < FIRST) {
            throw new QueryException.UnknownVersion(number, current.number());
        }
        long oldest = current.version().oldestRetained();
        if (number < oldest) {
            throw new QueryException.RetiredVersion(number, oldest, current.number());
        }
    }
}
