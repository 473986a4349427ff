package dev.whence.catalog;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * The versions of the index, as the chain {@code index/versions/{n}.json} beginning with 1.
 * Thread-safe.
 */
public final class VersionChain {
    private static final String MANIFEST = "index/manifest.json";
    private static final System.Logger LOG = System.getLogger(VersionChain.class.getName());

    private final ObjectStore store;
    private final NumberedChain<Version> chain;
    private final CatalogJson<Manifest> manifestJson = new CatalogJson<>(Manifest.class);

    public VersionChain(ObjectStore store) {
        this.store = store;
        this.chain = new NumberedChain<>(store, "index/versions/", Version.class);
    }

    /** The version of that number, if it has been published. */
    public Optional<Version> read(long number) throws IOException {
        if (number < 1) {
            return Optional.empty();
        }
        Optional<Version> version = chain.read(number);
        if (version.isPresent()) {
            requireNumber(number, version.get());
        }
        return version;
    }

    /** The newest version: from the manifest's hint along the chain to its end. */
    public Optional<Version> latest() throws IOException {
        Optional<Version> newest = latestFrom(hint());
        return newest.isPresent() ? newest : latestFrom(0);
    }

    /**
     * The newest version, found along the chain from one that is known to exist (0 for the
     * beginning).
     */
    public Optional<Version> latestFrom(long known) throws IOException {
        Optional<Version> newest = read(known);
        long number = known + 1;
        for (var next = read(number); next.isPresent(); next = read(++number)) {
            newest = next;
        }
        return newest;
    }

    /** Publishes a version under its number. This put is the publish. */
    public Commit<Version> publish(Version version) throws IOException {
        Commit<Version> commit = chain.commit(version.number(), version);
        if (commit instanceof Commit.Lost<Version>(Version winner)) {
            requireNumber(version.number(), winner);
        }
        return commit;
    }

    /** Writes the hint; a reader that misses it only takes longer. */
    public void announce(Version version) throws IOException {
        var manifest =
                new Manifest(
                        CatalogJson.FORMAT,
                        version.number(),
                        version.oldestRetained(),
                        version.publishedAt());
        store.put(MANIFEST, ObjectBody.of(manifestJson.write(manifest)));
    }

    private void requireNumber(long number, Version found) throws CorruptCatalogException {
        if (found.number() != number) {
            throw new CorruptCatalogException(
                    chain.key(number), "holds version " + found.number(), null);
        }
    }

    private long hint() throws IOException {
        try {
            return manifestJson.read(MANIFEST, store.get(MANIFEST)).newest();
        } catch (ObjectNotFoundException e) {
            return 0;
        } catch (CorruptCatalogException e) {
            LOG.log(
                    Level.WARNING,
                    "The hint is left aside, the chain is followed from its beginning; the next publish writes it anew",
                    e);
            return 0;
        }
    }
}
