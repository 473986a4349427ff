package dev.whence.benchmarks;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import dev.whence.lake.UrlFile;
import dev.whence.query.Turns;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import dev.whence.query.view.Sight;
import dev.whence.query.view.View;
import dev.whence.query.view.Views;
import dev.whence.query.view.Visibility;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import dev.whence.url.UrlProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/**
 * The first hundred URLs of a domain in a dataset that is one file, over an S3 server on loopback
 * in this process: from the index's tails, beside the same reads with nothing around them, and
 * beside a reader that fetches footer and page indexes first.
 */
final class FirstPage {
    private static final long ROWS = 4_000_000;
    private static final int POOL_MEBIBYTES = 2_048;
    private static final String DATASET = "compacted";
    private static final int LIMIT = 100;
    private static final int ASKED = 200;
    private static final long OPEN_FILE_BYTES = 128 << 20;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ObjectStore store;
    private final IndexSnapshot index;
    private final VersionChain chain;
    private final VersionShelf shelf;
    private final Turns turns = new Turns(4, PATIENCE);
    private final UrlPages pages = new UrlPages(turns);
    private final int datasetId;

    private FirstPage(
            ObjectStore store, IndexSnapshot index, VersionChain chain, VersionShelf shelf) {
        this.store = store;
        this.index = index;
        this.chain = chain;
        this.shelf = shelf;
        this.datasetId = index.files().findFirst().orElseThrow().datasetId();
    }

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                var lake = new ScaleLake(scratch.path())) {
            var rows = new LandedRows(POOL_MEBIBYTES);
            RealUrls.scale(ROWS, (dataset, url) -> rows.add(DATASET, url));
            lake.land(rows, Strategy.APPEND);
            Version version = lake.publish().version();
            System.out.printf(
                    Locale.ROOT,
                    "%nOne dataset of %,d URLs in %d file%n",
                    version.counts().urls(),
                    version.counts().files());
            IndexBytes.print(version);
            Path served = scratch.path().resolve("s3");
            try (var server = EmbeddedS3.start(served, 0, "access", "secret");
                    ObjectStore from = ObjectStores.directory(lake.location());
                    ObjectStore store = store(server);
                    IndexSnapshot index = lake.open(version)) {
                copy(from, store);
                contest(store, index, scratch.path());
            }
        }
    }

    private static ObjectStore store(EmbeddedS3 server) throws Exception {
        server.createBucket("lake");
        return ObjectStores.s3(
                new S3Settings(
                        server.endpoint(), "us-east-1", "lake", "w/", "access", "secret", true));
    }

    private static void copy(ObjectStore from, ObjectStore to) throws Exception {
        List<String> keys;
        try (Stream<ObjectInfo> listed = from.list("")) {
            keys = listed.map(ObjectInfo::key).toList();
        }
        for (String key : keys) {
            to.put(key, ObjectBody.of(from.get(key)));
        }
    }

    private static void contest(ObjectStore store, IndexSnapshot index, Path scratch)
            throws Exception {
        var chain = new VersionChain(store);
        try (var shelf =
                new VersionShelf(
                        chain,
                        new BlockCache(store, scratch.resolve("blocks")),
                        UrlProfile.current(),
                        1)) {
            new VersionFollower(chain, shelf, Clock.systemUTC()).poll();
            new FirstPage(store, index, chain, shelf).contest();
        }
    }

    private void contest() throws Exception {
        List<String> domains = domains(index, datasetId);
        var ranges = new RecordedRanges(store);
        Views recorded = views(ranges.recorded());
        var reads = new ArrayList<List<RecordedRanges.Read>>();
        for (String domain : domains) {
            read(recorded, domain);
            reads.add(ranges.take());
        }
        System.out.printf(
                Locale.ROOT,
                "  %.2f ranged GETs a page, side by side, %,d bytes%n",
                reads.stream().mapToInt(List::size).average().orElse(0),
                (long)
                                reads.stream()
                                        .flatMap(List::stream)
                                        .mapToInt(RecordedRanges.Read::length)
                                        .sum()
                        / ASKED);
        Views warm = views(store);
        new Contest("first %d URLs of a domain".formatted(LIMIT), ASKED, "pages")
                .add(
                        "whence, its tail decoded before",
                        () -> {
                            long urls = 0;
                            for (String domain : domains) {
                                urls += read(warm, domain);
                            }
                            return urls;
                        })
                .add(
                        "whence, a file that nobody asked for before",
                        () -> {
                            long urls = 0;
                            for (String domain : domains) {
                                urls += read(views(store), domain);
                            }
                            return urls;
                        })
                .add(
                        "the same GETs alone (the limit)",
                        () -> {
                            long bytes = 0;
                            for (List<RecordedRanges.Read> page : reads) {
                                bytes += RecordedRanges.again(store, page);
                            }
                            return bytes;
                        })
                .add(
                        "footer and indexes from the store first",
                        () -> {
                            long urls = 0;
                            for (String domain : domains) {
                                urls += withoutTail(domain);
                            }
                            return urls;
                        })
                .run(3, 9);
    }

    /** Of a reader that remembers nothing yet, and no run: each page looks for its own. */
    private Views views(ObjectStore from) {
        return new Views(
                shelf,
                new VersionHistory(chain),
                new LakeReader(from, OPEN_FILE_BYTES, 1),
                PATIENCE,
                turns);
    }

    private int read(Views views, String domain) throws Exception {
        try (View view = views.open(OptionalLong.empty(), Sight.always(Visibility.EVERYTHING))) {
            return pages.read(
                    view.urls(domain, datasetId),
                    UrlFilter.NONE,
                    PageStart.at(0),
                    LIMIT,
                    page -> page.rows().size());
        }
    }

    private int withoutTail(String domain) throws Exception {
        Posting posting = index.postings(datasetId, domain).getFirst();
        LakeFile file = posting.file();
        return UrlFile.open(store, file.key(), file.bytes())
                .start(posting.rowGroup(), domain, 0, LIMIT)
                .rows()
                .size();
    }

    /** Random ones with a hundred URLs or more. */
    private static List<String> domains(IndexSnapshot index, int datasetId) {
        return new Random(7)
                .ints(0, index.domains())
                .filter(ordinal -> index.count(ordinal, datasetId) >= LIMIT)
                .limit(ASKED)
                .mapToObj(index::domain)
                .toList();
    }
}
