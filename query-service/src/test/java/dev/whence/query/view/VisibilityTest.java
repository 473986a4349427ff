package dev.whence.query.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.catalog.BlockCache;
import dev.whence.catalog.VersionChain;
import dev.whence.index.DomainCount;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlRange;
import dev.whence.lake.UrlRow;
import dev.whence.query.NaiveAnswers;
import dev.whence.query.Publisher;
import dev.whence.query.Publisher.Contents;
import dev.whence.query.QueryException;
import dev.whence.query.Rows;
import dev.whence.query.Seed;
import dev.whence.query.Turns;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.listing.HostPages;
import dev.whence.query.listing.PageStart;
import dev.whence.query.listing.UrlFilter;
import dev.whence.query.listing.UrlLookup;
import dev.whence.query.listing.UrlPages;
import dev.whence.query.version.VersionFollower;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import dev.whence.query.view.DomainDatasets.Holding;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.UrlProfile;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whoever may not see everything gets the answers that there would be if what he may not see did
 * not exist.
 */
@Tag("slow")
class VisibilityTest {
    private static final int DATASETS = 5;
    private static final int DOMAINS = 25;
    private static final int VISIBILITIES = 40;

    @TempDir Path directory;
    private Random random;
    private Publisher publisher;
    private long rules;

    @Test
    void whatIsHiddenIsInNoAnswer() throws Exception {
        random = Seed.random("whatIsHiddenIsInNoAnswer");
        try (ObjectStore store = ObjectStores.directory(directory.resolve("store"))) {
            publisher =
                    new Publisher(store, directory.resolve("scratch"))
                            .options(new UrlFileOptions(1, 100, 1 << 20, true));
            for (int version = 0; version < 3; version++) {
                Map<Integer, List<UrlRow>> added = new TreeMap<>();
                for (int id = 0; id < DATASETS; id++) {
                    added.put(id, Rows.random(random, DOMAINS, 1 + random.nextInt(600)));
                }
                publisher.publish(added);
            }
            var chain = new VersionChain(store);
            var blocks = new BlockCache(store, directory.resolve("blocks"));
            try (var shelf = new VersionShelf(chain, blocks, UrlProfile.current(), 2)) {
                new VersionFollower(chain, shelf, Clock.systemUTC()).poll();
                var views =
                        new Views(
                                shelf,
                                new VersionHistory(chain),
                                new LakeReader(store, 1 << 24, 100),
                                Duration.ofMinutes(10));
                for (int i = 0; i < VISIBILITIES; i++) {
                    Some visibility = visibility();
                    try (View view = views.open(OptionalLong.empty(), Sight.always(visibility))) {
                        check(view, visibility, new NaiveAnswers(shown(visibility)));
                    }
                }
            }
        }
    }

    private void check(View view, Some visibility, NaiveAnswers model) throws Exception {
        checkDatasets(view, visibility, model);
        checkSets(view, model);
        assertThat(view.beginningWith("").page("", 10_000).domains()).isEqualTo(model.domains(""));
        for (String domain : publisher.contents(3).domains()) {
            Map<Integer, Long> holdings =
                    view.holdings(domain).holdings().stream()
                            .collect(Collectors.toMap(Holding::datasetId, Holding::urls));
            assertThat(holdings).isEqualTo(model.holdings(domain));
            checkUrls(view, domain, visibility, model);
        }
        for (int i = 0; i < 20; i++) {
            List<UrlRow> all = publisher.contents(3).rows().get(random.nextInt(DATASETS));
            UrlRow row = all.get(random.nextInt(all.size()));
            var url = new CanonicalUrl(row.scheme(), row.host(), row.pathQuery(), row.domain());
            assertThat(UrlLookup.of(view, url).holdings())
                    .extracting(Holding::datasetId)
                    .containsExactlyElementsOf(model.holders(row.url()).keySet());
        }
    }

    private void checkDatasets(View view, Some visibility, NaiveAnswers model) throws Exception {
        assertThat(view.datasets())
                .extracting(DatasetSummary::datasetId)
                .containsExactlyElementsOf(model.contents().rows().keySet());
        for (DatasetSummary dataset : view.datasets()) {
            int id = dataset.datasetId();
            assertThat(dataset.urls()).isEqualTo(model.contents().rows().get(id).size());
            assertThat(dataset.domains()).isEqualTo(model.domainsOf(id).size());
            assertThat(view.sets().top(id, 5))
                    .extracting(DomainCount::urls)
                    .isEqualTo(model.top(id, 5));
        }
        assertThat(view.files(OptionalInt.empty()))
                .allMatch(file -> visibility.showsDataset(file.datasetId()));
        assertThat(view.history().get(view.number()).changes())
                .allMatch(change -> visibility.showsDataset(change.datasetId()));
        for (int hidden : visibility.hidden) {
            assertThatThrownBy(() -> view.dataset(hidden))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            assertThatThrownBy(() -> view.urls("d0.example", hidden))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            assertThatThrownBy(() -> view.sets().overlap(List.of(hidden)))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            assertThatThrownBy(() -> view.sets().top(hidden, 1))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            assertThatThrownBy(() -> view.files(OptionalInt.of(hidden)))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            var set = new SetQuestion(List.of(hidden), List.of(), List.of());
            assertThatThrownBy(() -> view.sets().count(set))
                    .isInstanceOf(QueryException.UnknownDataset.class);
            assertThatThrownBy(() -> view.sets().domains(set, "", "", 1))
                    .isInstanceOf(QueryException.UnknownDataset.class);
        }
    }

    private void checkSets(View view, NaiveAnswers model) throws Exception {
        List<Integer> ids = List.copyOf(model.contents().rows().keySet());
        if (ids.isEmpty()) {
            return;
        }
        long[][] shared = view.sets().overlap(ids);
        for (int i = 0; i < ids.size(); i++) {
            for (int j = 0; j < ids.size(); j++) {
                assertThat(shared[i][j]).isEqualTo(model.shared(ids.get(i), ids.get(j)));
            }
        }
        long[] exactly = view.sets().intersections(ids);
        for (int place = 1; place < exactly.length; place++) {
            List<Integer> holders = new ArrayList<>();
            List<Integer> others = new ArrayList<>();
            for (int i = 0; i < ids.size(); i++) {
                ((place & (1 << i)) == 0 ? others : holders).add(ids.get(i));
            }
            assertThat(exactly[place]).isEqualTo(model.set(holders, List.of(), others).size());
        }
        for (int i = 0; i < 10; i++) {
            var set = new SetQuestion(some(ids), List.of(ids.getFirst()), some(ids));
            List<String> expected = model.set(set.allOf(), set.anyOf(), set.noneOf());
            assertThat(view.sets().count(set)).isEqualTo(expected.size());
            List<String> found = new ArrayList<>();
            Optional<String> after = Optional.of("");
            int limit = 1 + random.nextInt(6);
            while (after.isPresent()) {
                DomainNamesPage page = view.sets().domains(set, "", after.get(), limit);
                assertThat(page.domains()).hasSizeLessThanOrEqualTo(limit);
                found.addAll(page.domains());
                after = page.next();
            }
            assertThat(found).isEqualTo(expected);
            for (String prefix : List.of("d1", "d2", "e")) {
                assertThat(view.sets().domains(set, prefix, "", 2).domains())
                        .isEqualTo(
                                expected.stream()
                                        .filter(name -> name.startsWith(prefix))
                                        .limit(2)
                                        .toList());
            }
        }
    }

    private void checkUrls(View view, String domain, Some visibility, NaiveAnswers model)
            throws Exception {
        var pages = new UrlPages(new Turns(1, Duration.ZERO));
        for (int id = 0; id < DATASETS; id++) {
            if (visibility.showsDataset(id)) {
                List<String> found = new ArrayList<>();
                PageStart start = PageStart.at(0);
                int limit = 1 + random.nextInt(200);
                while (start != null) {
                    PageStart from = start;
                    start =
                            pages.read(
                                    view.urls(domain, id),
                                    UrlFilter.NONE,
                                    from,
                                    limit,
                                    page -> {
                                        page.rows().forEach(row -> found.add(row.url()));
                                        return page.next()
                                                .map(next -> new PageStart(next, page.end()))
                                                .orElse(null);
                                    });
                }
                assertThat(found).isEqualTo(model.urls(domain, id, row -> true));
            }
        }
        var hosts = new TreeMap<String, Map<Integer, Long>>();
        HostPages.read(view, domain, view.holdings(domain).holdings(), "", "", 1_000)
                .hosts()
                .forEach(host -> hosts.put(host.host(), host.urls()));
        assertThat(hosts).isEqualTo(model.hosts(domain, host -> true));
    }

    private List<Integer> some(List<Integer> ids) {
        return ids.stream().filter(id -> random.nextInt(3) == 0).toList();
    }

    /** What is left of the newest version. */
    private Contents shown(Some visibility) {
        Map<Integer, List<UrlRow>> shown = new TreeMap<>();
        publisher
                .contents(3)
                .rows()
                .forEach((id, rows) -> {
                    if (visibility.showsDataset(id)) {
                        shown.put(
                                id,
                                rows.stream()
                                        .filter(row ->
                                                visibility.masked(row.domain()).stream()
                                                        .noneMatch(range -> range.contains(row)))
                                        .toList());
                    }
                });
        return new Contents(shown);
    }

    private Some visibility() {
        Set<Integer> hidden =
                IntStream.range(0, DATASETS)
                        .filter(id -> random.nextInt(4) == 0)
                        .boxed()
                        .collect(Collectors.toSet());
        Map<String, List<UrlRange>> masked = new HashMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String domain = "d" + random.nextInt(DOMAINS + 2) + ".example";
            List<UrlRange> ranges = new ArrayList<>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                String host = random.nextBoolean() ? domain : "www." + domain;
                String prefix = "/" + Integer.toHexString(random.nextInt(16));
                ranges.add(
                        switch (random.nextInt(4)) {
                            case 0 -> UrlRange.ALL;
                            case 1 -> UrlRange.ofHost(host);
                            default -> UrlRange.ofPrefix(host, prefix);
                        });
            }
            masked.put(domain, ranges);
        }
        return new Some(++rules, hidden, masked);
    }

    /** Hides these datasets and ranges. */
    private record Some(long rules, Set<Integer> hidden, Map<String, List<UrlRange>> ranges)
            implements Visibility {

        @Override
        public String principal() {
            return "somebody";
        }

        @Override
        public boolean showsDataset(int datasetId) {
            return !hidden.contains(datasetId);
        }

        @Override
        public boolean tellsSums() {
            return hidden.isEmpty();
        }

        @Override
        public List<UrlRange> masked(String domain) {
            return ranges.getOrDefault(domain, List.of());
        }

        @Override
        public String maskMark() {
            return Long.toString(rules);
        }

        @Override
        public Set<String> maskedDomains() {
            return new HashSet<>(ranges.keySet());
        }
    }
}
