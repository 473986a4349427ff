package dev.whence.benchmarks;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.catalog.Strategy;
import dev.whence.index.IndexSnapshot;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What time tells of a dataset that is hidden: questions to a lake that has it, and holds with it
 * every URL of all others, beside the same questions to the same lake without it; and questions
 * that name it beside such that name a dataset nobody has.
 */
final class HiddenByTime {
    private static final long ROWS = 1_000_000;
    private static final int POOL_MEBIBYTES = 1_024;
    private static final String HIDDEN = "hidden";
    private static final int NOBODYS_ID = 1_000_000;
    private static final int ASKED = 300;
    private static final int COMPARED = 50;
    private static final int WARM_UPS = 5;
    private static final int ROUNDS = 15;
    private static final int SEED = 11;

    private HiddenByTime() {}

    static void run() throws Exception {
        try (var scratch = ScratchDirectory.create();
                HttpClient http = HttpClient.newHttpClient()) {
            Path without = Files.createDirectory(scratch.path().resolve("without"));
            Path with = Files.createDirectory(scratch.path().resolve("with"));
            int datasets = LandedRows.ofScale(ROWS, POOL_MEBIBYTES).datasets().size();
            List<String> domains = make(without, false);
            make(with, true);
            try (var bare = query(without);
                    var hiding = query(with)) {
                var questions = new Questions(http, datasets, domains);
                var both = new Lakes(bare, hiding);
                both.compare("how many domains are in two datasets", questions::count);
                both.compare("the first 100 of them", questions::names);
                both.compare("overlap of 50 datasets", questions::overlap);
                both.compare("datasets of a domain", questions::domain);
                compareNamed(hiding, questions, datasets);
            }
        }
    }

    private static QueryProcess query(Path directory) throws Exception {
        return QueryProcess.start(directory.resolve("store"), directory, Map.of());
    }

    /** Makes a lake under rules that hide one name; returns some of its domains. */
    private static List<String> make(Path directory, boolean holdsHidden) throws Exception {
        try (var lake = new ScaleLake(directory);
                ObjectStore store = ObjectStores.directory(lake.location())) {
            lake.land(LandedRows.ofScale(ROWS, POOL_MEBIBYTES), Strategy.APPEND);
            if (holdsHidden) {
                var rows = new LandedRows(POOL_MEBIBYTES);
                RealUrls.scale(ROWS, (dataset, url) -> rows.add(HIDDEN, url));
                lake.land(rows, Strategy.APPEND);
            }
            new AccessEditor(new AccessChain(store), Clock.systemUTC(), new SecureRandom())
                    .make(new AccessChange.Restrict(HIDDEN, List.of()), "benchmark", "", _ -> {});
            try (IndexSnapshot index = lake.open(lake.publish().version())) {
                return new Random(SEED)
                        .ints(ASKED, 0, index.domains())
                        .mapToObj(index::domain)
                        .toList();
            }
        }
    }

    /** A question, made up by chance, and the bytes of its answer. */
    private interface Question {
        long ask(QueryProcess service, Random random) throws Exception;
    }

    /** The lake without the hidden dataset, and the one with it. */
    private record Lakes(QueryProcess bare, QueryProcess hiding) {
        void compare(String title, Question question) throws Exception {
            if (askAll(bare, question) != askAll(hiding, question)) {
                throw new IllegalStateException(title + ": the answers differ");
            }
            new Contest(title, ASKED, "questions")
                    .add("there is no hidden dataset", () -> askAll(bare, question))
                    .add("there is one, and it holds all domains", () -> askAll(hiding, question))
                    .run(WARM_UPS, ROUNDS);
        }
    }

    /** The dataset that came last is the hidden one. */
    private static void compareNamed(QueryProcess hiding, Questions questions, int hidden)
            throws Exception {
        new Contest("a set without a third dataset", ASKED, "questions")
                .add("which nobody has", () -> askAll(hiding, questions.without(NOBODYS_ID)))
                .add("which is hidden", () -> askAll(hiding, questions.without(hidden)))
                .run(WARM_UPS, ROUNDS);
    }

    private static long askAll(QueryProcess service, Question question) throws Exception {
        var random = new Random(SEED);
        long bytes = 0;
        for (int i = 0; i < ASKED; i++) {
            bytes += question.ask(service, random);
        }
        return bytes;
    }

    private record Questions(HttpClient http, int datasets, List<String> domains) {
        long count(QueryProcess service, Random random) throws Exception {
            return sets(service, random, 0);
        }

        long names(QueryProcess service, Random random) throws Exception {
            return sets(service, random, 100);
        }

        private long sets(QueryProcess service, Random random, int limit) throws Exception {
            return post(
                    service,
                    "{\"any_of\":[%d,%d],\"limit\":%d}"
                            .formatted(random.nextInt(datasets), random.nextInt(datasets), limit),
                    200);
        }

        long overlap(QueryProcess service, Random random) throws Exception {
            int[] compared = random.ints(0, datasets).distinct().limit(COMPARED).toArray();
            return post(service, "{\"overlap\":%s}".formatted(Arrays.toString(compared)), 200);
        }

        long domain(QueryProcess service, Random random) throws Exception {
            String domain = domains.get(random.nextInt(domains.size()));
            String path = "/v1/domain/" + URLEncoder.encode(domain, StandardCharsets.UTF_8);
            return length(HttpRequest.newBuilder(URI.create(service.address() + path)), 200);
        }

        /** A question that is refused, since it names a dataset that there is not. */
        Question without(int unknown) {
            String body = "{\"all_of\":[0],\"none_of\":[%d]}".formatted(unknown);
            return (service, _) -> post(service, body, 404);
        }

        private long post(QueryProcess service, String body, int status) throws Exception {
            return length(
                    HttpRequest.newBuilder(URI.create(service.address() + "/v1/sets"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString(body)),
                    status);
        }

        private long length(HttpRequest.Builder request, int status) throws Exception {
            HttpResponse<String> answer =
                    http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != status) {
                throw new IllegalStateException(
                        "%d instead of %d: %s"
                                .formatted(answer.statusCode(), status, answer.body()));
            }
            return answer.body().length();
        }
    }
}
