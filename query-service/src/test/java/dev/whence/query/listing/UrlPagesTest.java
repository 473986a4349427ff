package dev.whence.query.listing;

import static dev.whence.query.Rows.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRow;
import dev.whence.query.HookedStore;
import dev.whence.query.Publisher;
import dev.whence.query.QueryException;
import dev.whence.query.Rows;
import dev.whence.query.Seed;
import dev.whence.query.Turns;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import dev.whence.query.view.DomainUrls;
import dev.whence.query.view.Sight;
import dev.whence.query.view.View;
import dev.whence.query.view.Views;
import dev.whence.query.view.Visibility;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import dev.whence.url.Fingerprint;
import dev.whence.url.UrlProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UrlPagesTest {
    private static final UrlFileOptions SMALL_GROUPS = new UrlFileOptions(1, 100, 1 << 20, true);

    /** Room for a few small files, and for any number that a test has. */
    private static final long SOME_FILES = 120_000;

    private static final long MANY_FILES = 1 << 30;

    @TempDir Path directory;

    @Test
    void randomPagesAreThoseOfANaiveModel() throws Exception {
        Random random = Seed.random("randomPagesAreThoseOfANaiveModel");
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            pagesEqualTheModel(store, random, 400);
        }
    }

    @Test
    @Tag("slow")
    void randomPagesOverS3AreThoseOfANaiveModel() throws Exception {
        Random random = Seed.random("randomPagesOverS3AreThoseOfANaiveModel");
        try (EmbeddedS3 server = EmbeddedS3.start(directory.resolve("s3"), 0, "access", "secret")) {
            server.createBucket("lake");
            var settings =
                    new S3Settings(
                            server.endpoint(), "us-east-1", "lake", "w/", "access", "secret", true);
            try (ObjectStore store = ObjectStores.s3(settings)) {
                pagesEqualTheModel(store, random, 100);
            }
        }
    }

    private void pagesEqualTheModel(ObjectStore store, Random random, int questions)
            throws Exception {
        var publisher = new Publisher(store, directory.resolve("scratch")).options(SMALL_GROUPS);
        for (int i = 0; i < 4; i++) {
            publisher.publish(
                    Map.of(
                            0,
                            Rows.random(random, 60, 1 + random.nextInt(500)),
                            1 + i % 2,
                            Rows.random(random, 60, 1 + random.nextInt(12_000))));
        }
        try (VersionShelf shelf = shelf(store)) {
            var lake = new LakeReader(store, SOME_FILES, 10);
            for (int i = 0; i < questions; i++) {
                long number = 1 + random.nextInt(4);
                String domain = "d" + random.nextInt(62) + ".example";
                int datasetId = random.nextInt(3);
                try (View view = view(shelf, lake, number)) {
                    if (view.nameOf(datasetId) == null) {
                        continue;
                    }
                    List<UrlRow> model = publisher.contents(number).of(domain, datasetId);
                    long offset = random.nextInt(model.size() + 3);
                    int limit = 1 + random.nextInt(random.nextBoolean() ? 20 : model.size() + 10);
                    UrlPage page = read(view, domain, datasetId, offset, limit);
                    assertThat(page.total()).hasValue(model.size());
                    int from = (int) Math.min(offset, model.size());
                    int to = Math.min(from + limit, model.size());
                    assertThat(page.rows()).isEqualTo(model.subList(from, to));
                    assertThat(page.isLast()).isEqualTo(offset + limit >= model.size());
                }
            }
        }
    }

    @Test
    void pagesOneAfterTheOtherAreTheWholeList() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, rows("a.example", "x", 25));
            publisher.publish(7, rows("a.example", "b", 18));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, store)) {
                List<UrlRow> all = new ArrayList<>();
                for (boolean last = false; !last; ) {
                    UrlPage page = read(view, "a.example", 7, all.size(), 7);
                    all.addAll(page.rows());
                    last = page.isLast();
                }
                assertThat(all).isEqualTo(publisher.contents(2).of("a.example", 7));
            }
        }
    }

    @Test
    void aListThatIsShorterOrLongerThanTheIndexSaysIsNoAnswer() throws Exception {
        for (long error : new long[] {1, -1}) {
            Path place = directory.resolve("error" + error);
            try (ObjectStore store = ObjectStores.directory(place.resolve("store"))) {
                var publisher = new Publisher(store, place.resolve("scratch"));
                List<UrlRow> rows = new ArrayList<>(rows("a.example", "x", 10));
                rows.addAll(rows("b.example", "x", 10));
                publisher.miscount(error).publish(7, rows);
                try (VersionShelf shelf = shelf(store);
                        View view = view(shelf, store)) {
                    assertThatThrownBy(() -> read(view, "a.example", 7, 0, 100))
                            .isInstanceOf(QueryException.InconsistentVersion.class)
                            .hasMessageContaining(Fingerprint.hex(Fingerprint.of("a.example")))
                            .hasMessageContaining("dataset 7");
                    assertThatThrownBy(() -> read(view, "b.example", 7, 8, 5))
                            .isInstanceOf(QueryException.InconsistentVersion.class);
                }
            }
        }
    }

    @Test
    void offsetsBeyondTwoBillionAreCountedRight() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.miscount(1L << 33).publish(7, rows("a.example", "x", 10));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, store)) {
                // So far before the offset that the difference, cut to 32 bits, is above zero.
                long offset = (1L << 31) + 100;
                assertThatThrownBy(() -> read(view, "a.example", 7, offset, 5))
                        .isInstanceOf(QueryException.InconsistentVersion.class)
                        .hasMessageContaining("its files hold fewer");
            }
        }
    }

    @Test
    void rowGroupsAreLookedAtSideBySideButNeverMoreThanEight() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            for (int i = 0; i < 20; i++) {
                List<UrlRow> rows = new ArrayList<>(rows("0.example", "f" + i, 3));
                rows.addAll(rows("a.example", "f" + i, 2));
                rows.addAll(rows("z.example", "f" + i, 3));
                publisher.publish(7, rows);
            }
            Set<String> opened = ConcurrentHashMap.newKeySet();
            var sideBySide = new CountDownLatch(8);
            var running = new AtomicInteger();
            var most = new AtomicInteger();
            var heads = new AtomicInteger();
            ObjectStore watched =
                    HookedStore.of(
                            store,
                            (call, key) -> {
                                if (call.equals("head")) {
                                    heads.incrementAndGet();
                                }
                                if (opened.add(key)) {
                                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                                    sideBySide.countDown();
                                    boolean met = sideBySide.await(30, TimeUnit.SECONDS);
                                    running.decrementAndGet();
                                    assertThat(met).as("eight looks at once").isTrue();
                                }
                            });
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, watched)) {
                UrlPage page = read(view, "a.example", 7, 0, 100);
                assertThat(page.rows()).isEqualTo(publisher.contents(20).of("a.example", 7));
            }
            assertThat(opened).hasSize(20);
            assertThat(most).hasValue(8);
            assertThat(heads).as("the index knows how long a file is").hasValue(0);
        }
    }

    @Test
    void theFirstPageOfACompactedDatasetCostsOneGetOfTheStore() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, manyRows());
            try (VersionShelf shelf = shelf(store)) {
                for (int domain : new int[] {0, 99, 100, 777, 2_999}) {
                    var counted = new CountingObjectStore(store);
                    String name = "d%04d.example".formatted(domain);
                    try (View view = view(shelf, counted)) {
                        UrlPage page = read(view, name, 7, 0, 100);
                        assertThat(page.rows()).isEqualTo(publisher.contents(1).of(name, 7));
                        assertThat(counted.counts().calls()).as(name).isEqualTo(1);
                        assertThat(read(view, name, 7, 0, 100).rows()).hasSize(40);
                        assertThat(counted.counts().calls()).as("once more").isEqualTo(2);
                    }
                }
            }
        }
    }

    @Tag("slow")
    @Test
    void columnsThatLieFarApartAreStillReadInOneRoundTrip() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, Rows.random(new Random(5), 2_000, 200_000));
            var running = new AtomicInteger();
            var roundTrips = new AtomicInteger();
            var gets = new AtomicInteger();
            ObjectStore far =
                    HookedStore.of(
                            store,
                            (call, key) -> {
                                gets.incrementAndGet();
                                if (running.getAndIncrement() == 0) {
                                    roundTrips.incrementAndGet();
                                }
                                Thread.sleep(300);
                                running.decrementAndGet();
                            });
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, far)) {
                UrlPage page = read(view, "d500.example", 7, 0, 100);
                assertThat(page.rows())
                        .isEqualTo(
                                publisher
                                        .contents(1)
                                        .of("d500.example", 7)
                                        .subList(0, page.rows().size()));
                assertThat(page.rows()).isNotEmpty();
            }
            assertThat(gets.get()).isBetween(2, 5);
            assertThat(roundTrips).hasValue(1);
        }
    }

    @Test
    void aVersionWithoutTailsIsAnsweredFromTheEndsOfItsFiles() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch")).withoutTails();
            publisher.publish(7, manyRows());
            var counted = new CountingObjectStore(store);
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, counted)) {
                UrlPage page = read(view, "d0777.example", 7, 0, 100);
                assertThat(page.rows()).isEqualTo(publisher.contents(1).of("d0777.example", 7));
                assertThat(counted.counts().calls()).as("footer, page indexes, pages").isEqualTo(3);
            }
        }
    }

    /** One file of more than a row group's page or two, that no first read brings whole. */
    private static List<UrlRow> manyRows() {
        List<UrlRow> rows = new ArrayList<>();
        for (int domain = 0; domain < 3_000; domain++) {
            rows.addAll(rows("d%04d.example".formatted(domain), "path", 40));
        }
        return rows;
    }

    @Test
    void aPageThatTheFirstRunFillsLooksNoFurther() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            for (int i = 0; i < 5; i++) {
                publisher.publish(7, rows("a.example", "f" + i, 10));
            }
            Set<String> opened = ConcurrentHashMap.newKeySet();
            ObjectStore watched = HookedStore.of(store, (call, key) -> opened.add(key));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, watched)) {
                UrlPage page = read(view, "a.example", 7, 0, 10);
                assertThat(page.rows()).hasSize(10);
                assertThat(opened).hasSize(1);
            }
        }
    }

    @Test
    void aPageAtACursorLooksAtNothingThatComesBeforeIt() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            for (int i = 0; i < 5; i++) {
                publisher.publish(7, rows("a.example", "f" + i, 10));
            }
            Set<String> opened = ConcurrentHashMap.newKeySet();
            ObjectStore watched = HookedStore.of(store, (call, key) -> opened.add(key));
            var pages = new UrlPages(new Turns(1, Duration.ofSeconds(10)));
            try (VersionShelf shelf = shelf(store)) {
                UrlPage first;
                try (View view = view(shelf, store)) {
                    first = read(view, "a.example", 7, 0, 33);
                }
                var start = new PageStart(first.next().orElseThrow(), first.end());
                try (View view = view(shelf, watched)) {
                    UrlPage page =
                            pages.read(
                                    view.urls("a.example", 7),
                                    UrlFilter.NONE,
                                    start,
                                    5,
                                    each -> each);
                    assertThat(page.rows())
                            .isEqualTo(publisher.contents(5).of("a.example", 7).subList(33, 38));
                    assertThat(opened).hasSize(1);
                }
            }
        }
    }

    @Test
    void anAnswerThatTakesTooLongIsGivenUp() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, rows("a.example", "x", 10));
            var history = new VersionHistory(new VersionChain(store));
            var lake = new LakeReader(store, MANY_FILES, 10);
            try (VersionShelf shelf = shelf(store);
                    View view =
                            new Views(shelf, history, lake, Duration.ZERO)
                                    .open(
                                            OptionalLong.empty(),
                                            Sight.always(Visibility.EVERYTHING))) {
                assertThatThrownBy(() -> read(view, "a.example", 7, 0, 5))
                        .isInstanceOf(QueryException.TookTooLong.class);
                assertThatThrownBy(() -> view.holdings("a.example"))
                        .isInstanceOf(QueryException.TookTooLong.class);
            }
        }
    }

    @Test
    void aPageOfLongUrlsEndsEarlyAndTheNextGoesOn() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, rows("a.example", "a", 1_500));
            publisher.publish(7, rows("a.example", "x".repeat(15_000), 1_200));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, store)) {
                List<UrlRow> all = new ArrayList<>();
                int ended = 0;
                for (boolean last = false; !last; ended++) {
                    UrlPage page = read(view, "a.example", 7, all.size(), 10_000);
                    long text = page.rows().stream().mapToLong(row -> row.url().length()).sum();
                    assertThat(text).isLessThan(PageRows.MOST_TEXT_BYTES + 20_000);
                    assertThat(page.rows()).isNotEmpty();
                    all.addAll(page.rows());
                    last = page.isLast();
                }
                assertThat(ended).isEqualTo(3);
                assertThat(all).isEqualTo(publisher.contents(2).of("a.example", 7));
            }
        }
    }

    @Test
    void aPageKeepsItsTurnUntilItsAnswerIsMade() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, rows("a.example", "x", 2));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, store)) {
                var pages = new UrlPages(new Turns(1, Duration.ofMillis(10)));
                DomainUrls urls = view.urls("a.example", 7);
                pages.read(
                        urls,
                        UrlFilter.NONE,
                        PageStart.at(0),
                        1,
                        page ->
                                assertThatThrownBy(() -> read(pages, urls, 0, 1))
                                        .isInstanceOf(QueryException.Busy.class));
                assertThat(read(pages, urls, 0, 1).rows()).hasSize(1);
            }
        }
    }

    @Test
    void openedFilesAreKeptByWhatTheyWeigh() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            for (int i = 0; i < 6; i++) {
                publisher.publish(7, rows("a.example", "x" + i, 2));
            }
            var lake = new LakeReader(store, SOME_FILES, 10);
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, lake, 6)) {
                assertThat(read(view, "a.example", 7, 0, 20).rows()).hasSize(12);
                assertThat(lake.footerCache().weight()).isBetween(SOME_FILES / 2, SOME_FILES);
                assertThat(lake.footerCache().size()).isBetween(2, 5);
            }
        }
    }

    @Test
    void anUnknownDatasetIsAnErrorAndAnUnknownDomainAnEmptyList() throws Exception {
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            var publisher = new Publisher(store, directory.resolve("scratch"));
            publisher.publish(7, rows("a.example", "x", 2));
            try (VersionShelf shelf = shelf(store);
                    View view = view(shelf, store)) {
                assertThatThrownBy(() -> read(view, "a.example", 8, 0, 1))
                        .isInstanceOf(QueryException.UnknownDataset.class);
                UrlPage page = read(view, "z.example", 7, 0, 1);
                assertThat(page.total()).hasValue(0);
                assertThat(page.isLast()).isTrue();
            }
        }
    }

    private VersionShelf shelf(ObjectStore store) throws Exception {
        var chain = new VersionChain(store);
        var blocks = new BlockCache(store, directory.resolve("blocks" + System.nanoTime()));
        var shelf = new VersionShelf(chain, blocks, UrlProfile.current(), 2);
        new VersionFollower(chain, shelf, Clock.systemUTC()).poll();
        return shelf;
    }

    private static View view(VersionShelf shelf, ObjectStore store) throws Exception {
        return view(shelf, new LakeReader(store, MANY_FILES, 10), shelf.served().orElseThrow());
    }

    private static View view(VersionShelf shelf, LakeReader lake, long version) throws Exception {
        var history = new VersionHistory(new VersionChain(ObjectStores.memory()));
        return new Views(shelf, history, lake, Duration.ofMinutes(10))
                .open(OptionalLong.of(version), Sight.always(Visibility.EVERYTHING));
    }

    private static UrlPage read(View view, String domain, int datasetId, long offset, int limit)
            throws Exception {
        var pages = new UrlPages(new Turns(4, Duration.ofSeconds(10)));
        return read(pages, view.urls(domain, datasetId), offset, limit);
    }

    private static UrlPage read(UrlPages pages, DomainUrls urls, long offset, int limit)
            throws Exception {
        return pages.read(urls, UrlFilter.NONE, PageStart.at(offset), limit, page -> page);
    }
}
