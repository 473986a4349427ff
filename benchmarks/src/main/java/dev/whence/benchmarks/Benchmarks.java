package dev.whence.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/** {@code ./whence bench [NAME…]}: runs the named benchmarks, or all. */
public final class Benchmarks {

    private interface Benchmark {
        void run() throws Exception;
    }

    private Benchmarks() {}

    public static void main(String[] names) throws Exception {
        // Broker, server and clients would else put together every line that nobody reads.
        Logger.getLogger("").setLevel(Level.WARNING);
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("canonicalization", Canonicalization::run);
        all.put("bytes", BytesOnDisk::run);
        all.put("ingest", KafkaToLake::run);
        all.put("index", IndexBuild::run);
        all.put("lookup", Lookup::run);
        all.put("http", HttpLookup::run);
        System.out.printf(
                "Java %s, %d processors, %,d MiB heap%n",
                System.getProperty("java.vm.version"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
        for (String name : names.length == 0 ? all.keySet().toArray(String[]::new) : names) {
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
}
