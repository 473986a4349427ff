package dev.whence.benchmarks;

import dev.whence.benchmarks.merge.MergeContest;
import dev.whence.benchmarks.merge.MergeOptions;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code ./whence bench [NAME…]}: runs the named benchmarks, or all but {@code merge}, whose peers
 * are a download of their own, and {@code soak}, which takes as long as one wants. Words that begin
 * with a dash, and those after them, are options of the one that is named.
 */
public final class Benchmarks {

    private static final String MERGE = "merge";
    private static final String INDEX = "index";
    private static final String MEMBERS = "members";
    private static final String SETS = "sets";
    private static final String PUBLISH = "publish";
    private static final String SOAK = "soak";
    private static final Set<String> WITH_OPTIONS =
            Set.of(MERGE, INDEX, MEMBERS, SETS, PUBLISH, SOAK);
    private static final Set<String> ONLY_BY_NAME = Set.of(MERGE, SOAK);

    private interface Benchmark {
        void run() throws Exception;
    }

    private Benchmarks() {}

    public static void main(String[] words) throws Exception {
        List<String> names = Arrays.stream(words).takeWhile(word -> !word.startsWith("-")).toList();
        List<String> options = List.of(words).subList(names.size(), words.length);
        if (!options.isEmpty() && (names.size() != 1 || !WITH_OPTIONS.containsAll(names))) {
            System.err.println(
                    "options come after merge, index, members, sets, publish or soak alone: no other has any");
            System.exit(2);
            return;
        }
        // Broker, server and clients would else put together every line that nobody reads.
        Logger.getLogger("").setLevel(Level.WARNING);
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("canonicalization", Canonicalization::run);
        all.put("bytes", BytesOnDisk::run);
        all.put("ingest", KafkaToLake::run);
        all.put(PUBLISH, () -> publish(options));
        all.put(INDEX, () -> DictionaryContest.run(IndexOptions.of(options)));
        all.put(MEMBERS, () -> MembersContest.run(IndexOptions.of(options)));
        all.put(SETS, () -> SetsContest.run(IndexOptions.of(options)));
        all.put("lookup", Lookup::run);
        all.put("pages", FirstPage::run);
        all.put("http", HttpLookup::run);
        all.put("hidden", HiddenByTime::run);
        all.put("swaps", Swaps::run);
        all.put(SOAK, () -> Soak.run(Soak.minutes(options)));
        all.put(MERGE, () -> MergeContest.run(MergeOptions.of(options)));
        System.out.printf(
                "Java %s, %d processors, %,d MiB heap%n",
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        List<String> chosen =
                names.isEmpty()
                        ? all.keySet().stream()
                                .filter(name -> !ONLY_BY_NAME.contains(name))
                                .toList()
                        : names;
        for (String name : chosen) {
            Benchmark benchmark = all.get(name);
            if (benchmark == null) {
                System.err.println(
                        "no benchmark '"
                                + name
                                + "'; there are "
                                + String.join(", ", all.keySet()));
                System.exit(2);
                return;
            }
            benchmark.run();
        }
    }

    /** The whole way over real rows, or, with options, the index part over made-up bases. */
    private static void publish(List<String> options) throws Exception {
        if (options.isEmpty()) {
            IndexBuild.run();
        }
        DeltaPublish.run(DeltaPublish.bases(options));
    }
}
