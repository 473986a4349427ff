package dev.whence.benchmarks.merge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The peers on Spark, in a process of their own with their own class path; it also counts and
 * fingerprints what the contestants of this process made, so that one judge saw all rows.
 */
final class SparkPeers {
    private static final String MAIN = "dev.whence.benchmarks.spark.SparkMergePeers";
    private static final String HEAP = "-Xmx4g";

    /** A result of this process, and the list of its files. */
    record Other(MergeResult result, List<Path> files) {}

    private final Path module = Path.of(System.getProperty("whence.root"), "benchmarks", "spark");
    private final Path products = module.resolve("target");
    private final Path scratch;

    /**
     * @param directory for its tables; removed by the caller
     */
    SparkPeers(Path directory) throws IOException {
        this.scratch = Files.createDirectories(directory);
    }

    /** The peers' results, and the others' with the count's time and the rows' fingerprint. */
    List<MergeResult> run(MergeData data, MergeData small, List<Other> others) throws Exception {
        Path list = scratch.resolve("others.tsv");
        var lines = new ArrayList<String>();
        for (Other other : others) {
            if (other.files().isEmpty()) {
                continue;
            }
            Path files = scratch.resolve("other-" + lines.size() + ".txt");
            Files.write(files, other.files().stream().map(Path::toString).toList());
            lines.add(
                    "%s\t%s\t%s"
                            .formatted(
                                    other.result().change().text(),
                                    other.result().contestant(),
                                    files));
        }
        Files.write(list, lines);
        Path results = scratch.resolve("results.tsv");
        start(
                data.directory().toString(),
                small.directory().toString(),
                list.toString(),
                scratch.toString(),
                results.toString());
        return merged(Files.readAllLines(results), others);
    }

    private void start(String... arguments) throws Exception {
        Path jar = products.resolve("whence-spark-merge-peers.jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(
                    "there is no " + jar + "; ./whence bench merge makes it");
        }
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(HEAP);
        command.add("@" + module.resolve("java.options"));
        command.add("-Djava.io.tmpdir=" + scratch);
        command.addAll(List.of("-cp", jar + ":" + products.resolve("lib") + "/*", MAIN));
        command.addAll(List.of(arguments));
        Process spark = new ProcessBuilder(command).inheritIO().start();
        try {
            int code = spark.waitFor();
            if (code != 0) {
                throw new IllegalStateException("Spark ended with " + code + ", see above");
            }
        } finally {
            spark.destroyForcibly();
        }
    }

    private static List<MergeResult> merged(List<String> lines, List<Other> others) {
        var results = new ArrayList<MergeResult>();
        for (String line : lines) {
            String[] fields = line.split("\t", -1);
            var change = MergeChange.valueOf(fields[0].toUpperCase(Locale.ROOT));
            double countSeconds = Double.parseDouble(fields[5]);
            String rows = String.join("/", fields[6], fields[7], fields[8]);
            MergeResult spark =
                    new MergeResult(
                            change,
                            fields[1],
                            Double.parseDouble(fields[2]),
                            Long.parseLong(fields[3]),
                            Long.parseLong(fields[4]),
                            countSeconds,
                            rows);
            results.add(
                    others.stream()
                            .map(Other::result)
                            .filter(other ->
                                    other.change() == change
                                            && other.contestant().equals(fields[1]))
                            .findFirst()
                            .map(other -> other.judged(countSeconds, rows))
                            .orElse(spark));
        }
        return results;
    }
}
