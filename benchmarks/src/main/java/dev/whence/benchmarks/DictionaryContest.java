package dev.whence.benchmarks;

import dev.whence.index.BlockFile;
import dev.whence.index.GenerationWriter;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LookupFiles;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An index of one generation and one segment: the bytes of each file, and how long answers take,
 * whole ones and those of the dictionary alone, behind its filter and through the perfect hash;
 * beside Lucene's terms dictionary, an index of DuckDB, and a cache miss.
 */
final class DictionaryContest {
    static final int ASKED = 100_000;

    private static final long SEED = 7;

    /** Its index over more takes minutes, and more memory than there may be. */
    private static final int MOST_DUCKDB = 20_000_000;

    private static final int OPENED = 20;
    private static final int WARM_UPS = 3;
    private static final int ROUNDS = 9;
    private static final String BY_TREE = "whence, dictionary behind its filter";
    private static final String BY_HASH = "whence, through the perfect hash";
    private static final LookupFiles HASH = new LookupFiles(Integer.MAX_VALUE, 1);

    private DictionaryContest() {}

    static void run(IndexOptions options) throws Exception {
        try (var scratch = ScratchDirectory.create()) {
            Path directory = scratch.path();
            var domains = SortedDomains.made(directory, options.domains());
            System.out.printf(Locale.ROOT, "%n%,d domains%n", domains.count());
            Path filtered = directory.resolve("filtered");
            Path hashed = directory.resolve("hashed");
            long bytes = build(filtered, domains, LookupFiles.DEFAULT);
            build(hashed, domains, HASH);
            List<TermsPeer> peers = peers(options, directory.resolve("lucene"), domains);
            MadeIndex whole = MadeIndex.over(filtered, directory, domains.count(), 1);
            whole.printBytes(domains.count());
            try (IndexSnapshot byTree = whole.open();
                    IndexSnapshot byHash = IndexSnapshot.open(List.of(hashed), List.of())) {
                whole.verify(byTree);
                contests(byTree, byHash, peers, new PointerChase(bytes));
            } finally {
                for (TermsPeer peer : peers) {
                    peer.close();
                }
            }
            printOpening(filtered, hashed);
        }
    }

    private static long build(Path block, SortedDomains domains, LookupFiles lookup)
            throws IOException {
        long start = System.nanoTime();
        List<BlockFile> files =
                GenerationWriter.write(block, UrlProfile.current(), 0, domains, lookup);
        double seconds = (System.nanoTime() - start) / 1e9;
        for (BlockFile file : files) {
            printBytes(file.name(), file.bytes(), domains);
        }
        System.out.printf(
                Locale.ROOT,
                "  built in %.1f s, %,.0f domains/s%n",
                seconds,
                domains.count() / seconds);
        return files.stream().mapToLong(BlockFile::bytes).sum();
    }

    private static List<TermsPeer> peers(IndexOptions options, Path lucene, SortedDomains domains)
            throws Exception {
        var peers = new ArrayList<TermsPeer>();
        if (options.with("lucene")) {
            peers.add(LuceneTerms.of(lucene, domains));
        }
        if (options.with("duckdb") && domains.count() > MOST_DUCKDB) {
            System.out.printf(Locale.ROOT, "  without DuckDB beyond %,d domains%n", MOST_DUCKDB);
        } else if (options.with("duckdb")) {
            peers.add(new DuckDbTerms(domains));
        }
        for (TermsPeer peer : peers) {
            if (peer.bytes() > 0) {
                printBytes(peer.name(), peer.bytes(), domains);
            }
        }
        return peers;
    }

    private static void contests(
            IndexSnapshot byTree, IndexSnapshot byHash, List<TermsPeer> peers, PointerChase chase)
            throws Exception {
        AskedDomains asked = new AskedDomains(byTree, ASKED, SEED);
        asked.verify(byTree, byHash, peers);
        int cores = Runtime.getRuntime().availableProcessors();
        new Contest("known domain → datasets with counts", ASKED, "lookups")
                .add("whence, one after the other", () -> asked.datasets(byTree))
                .add("whence, 10,000 in one call", () -> asked.batches(byTree, 1))
                .add("whence, 10,000 in one call, all cores", () -> asked.batches(byTree, cores))
                .add("one dependent cache miss (the limit)", () -> chase.run(0, ASKED))
                .run(WARM_UPS, ROUNDS);
        var hits =
                new Contest("known domain → ordinal", ASKED, "lookups")
                        .add(BY_TREE, () -> asked.hits(byTree))
                        .add(BY_HASH, () -> asked.hits(byHash))
                        .add("one dependent cache miss (the limit)", () -> chase.run(0, ASKED));
        var misses =
                new Contest("unknown domain", ASKED, "lookups")
                        .add(BY_TREE, () -> asked.misses(byTree))
                        .add(BY_HASH, () -> asked.misses(byHash));
        var pages =
                new Contest("first ten domains of a prefix of five letters", ASKED, "pages")
                        .add("whence", () -> asked.pages(byTree));
        for (TermsPeer peer : peers) {
            hits.add(peer.name(), peer.asked(), () -> asked.hits(peer));
            misses.add(peer.name(), peer.asked(), () -> asked.misses(peer));
            pages.add(peer.name(), peer.asked(), () -> asked.pages(peer));
        }
        hits.run(WARM_UPS, ROUNDS);
        misses.run(WARM_UPS, ROUNDS);
        pages.run(WARM_UPS, ROUNDS);
        new Contest("ordinal → domain", ASKED, "lookups")
                .add("whence", () -> asked.names(byTree))
                .run(WARM_UPS, ROUNDS);
    }

    /** After all that was asked, so that it is the opening that is timed, and not the compiler. */
    private static void printOpening(Path filtered, Path hashed) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; i < OPENED; i++) {
            IndexSnapshot.open(List.of(filtered), List.of()).close();
        }
        double millis = (System.nanoTime() - start) / 1e6 / OPENED;
        long before = usedHeap();
        try (IndexSnapshot byTree = IndexSnapshot.open(List.of(filtered), List.of());
                IndexSnapshot byHash = IndexSnapshot.open(List.of(hashed), List.of())) {
            new AskedDomains(byTree, ASKED, SEED).hits(byHash);
            long heap = usedHeap() - before;
            System.out.printf(
                    Locale.ROOT, "%nopened in %.2f ms; heap of both %,d KiB%n", millis, heap >> 10);
        }
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void printBytes(String what, long bytes, SortedDomains domains) {
        System.out.printf(
                Locale.ROOT, "  %-28s %6.2f B a domain%n", what, (double) bytes / domains.count());
    }
}
