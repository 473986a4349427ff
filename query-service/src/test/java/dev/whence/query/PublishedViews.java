package dev.whence.query;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.lake.UrlRange;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import dev.whence.query.view.Sight;
import dev.whence.query.view.View;
import dev.whence.query.view.Views;
import dev.whence.query.view.Visibility;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.UrlProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** A store in a directory, a publisher that fills it, and views of what was published. */
public final class PublishedViews implements AutoCloseable {
    private final ObjectStore store;
    private final Publisher publisher;
    private final VersionShelf shelf;
    private final VersionFollower follower;
    private final Views views;

    public PublishedViews(Path directory) throws Exception {
        this(ObjectStores.directory(directory.resolve("store")), directory);
    }

    /** The same in a store of one's own, which is closed with it. */
    public PublishedViews(ObjectStore store, Path directory) throws Exception {
        this.store = store;
        publisher = new Publisher(store, directory.resolve("scratch"));
        var chain = new VersionChain(store);
        shelf =
                new VersionShelf(
                        chain,
                        new BlockCache(store, directory.resolve("blocks")),
                        UrlProfile.current(),
                        2);
        follower = new VersionFollower(chain, shelf, Clock.systemUTC());
        views =
                new Views(
                        shelf,
                        new VersionHistory(chain),
                        new LakeReader(store, 1 << 24, 1_000),
                        Duration.ofMinutes(10));
    }

    public Publisher publisher() {
        return publisher;
    }

    /** A view of the newest version. */
    public View open(Visibility visibility) throws Exception {
        follower.poll();
        return again(visibility);
    }

    /** The same for an answer that may take so long. */
    public View open(Visibility visibility, Duration time) throws Exception {
        follower.poll();
        return views.open(OptionalLong.empty(), Sight.always(visibility), time);
    }

    /** A view of the version that was opened last; for any thread. */
    public View again(Visibility visibility) throws Exception {
        return views.open(OptionalLong.empty(), Sight.always(visibility));
    }

    @Override
    public void close() throws Exception {
        shelf.close();
        store.close();
    }

    /**
     * Hides some.
     *
     * @param masks by domain
     */
    public record Hiding(Set<Integer> datasets, Map<String, UrlRange> masks) implements Visibility {
        @Override
        public long rules() {
            return 1;
        }

        @Override
        public String principal() {
            return "somebody";
        }

        @Override
        public boolean showsDataset(int datasetId) {
            return !datasets.contains(datasetId);
        }

        @Override
        public boolean tellsSums() {
            return datasets.isEmpty();
        }

        @Override
        public List<UrlRange> masked(String domain) {
            return masks.containsKey(domain) ? List.of(masks.get(domain)) : List.of();
        }

        @Override
        public String maskMark() {
            return masks.toString();
        }

        @Override
        public Set<String> maskedDomains() {
            return masks.keySet();
        }
    }
}
