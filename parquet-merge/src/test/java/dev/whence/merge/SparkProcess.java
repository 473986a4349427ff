package dev.whence.merge;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * Spark, in a process of its own that {@code benchmarks/spark} has built. Not thread-safe; ends
 * when it is closed.
 */
final class SparkProcess implements AutoCloseable {
    private static final Path MODULE =
            Path.of(System.getProperty("whence.root"), "benchmarks", "spark");
    private static final String MAIN = "dev.whence.benchmarks.spark.ForeignFiles";
    private static final String ANSWER = "> ";

    private final Path scratch;
    private final Process process;
    private final BufferedReader answers;

    /** Spark knows no such type. */
    static final class CannotException extends IOException {
        private static final long serialVersionUID = 1;

        CannotException(String why) {
            super(why);
        }
    }

    SparkProcess(Path scratch) throws IOException {
        this.scratch = Files.createDirectories(scratch);
        Path products = MODULE.resolve("target");
        Path jar = products.resolve("whence-spark-merge-peers.jar");
        if (!Files.exists(jar)) {
            throw new IOException("there is no " + jar + "; ./whence test --spark makes it");
        }
        process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx1g",
                                "@" + MODULE.resolve("java.options"),
                                "-Djava.io.tmpdir=" + scratch,
                                "-cp",
                                jar + ":" + products.resolve("lib") + "/*",
                                MAIN,
                                scratch.toString())
                        .redirectError(scratch.resolve("spark.log").toFile())
                        .start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        answer();
    }

    /**
     * The file as Spark would have written it.
     *
     * @param ofTable seed of what all files of a table have
     * @param ofFile seed of the rest
     * @throws CannotException if it has a type that Spark does not know
     */
    byte[] rewrite(byte[] file, long ofTable, long ofFile) throws IOException {
        Path from = Files.write(scratch.resolve("from.parquet"), file);
        Path to = scratch.resolve("to.parquet");
        ask("write", from, to, ofTable, ofFile);
        return Files.readAllBytes(to);
    }

    /** Adds a file to a partition of a table, whose path Spark makes. */
    void partition(byte[] file, Path table, Partition.Value place, long ofTable, long ofFile)
            throws IOException {
        Path from = Files.write(scratch.resolve("from.parquet"), file);
        if (place.value() == null) {
            ask("partition", from, table, ofTable, ofFile, place.column());
        } else {
            ask("partition", from, table, ofTable, ofFile, place.column(), place.value());
        }
    }

    /**
     * What Spark reads of a table: rows as {@link PlainRows} has them, as text.
     *
     * @param vectorized by which of its two readers
     */
    List<String> rows(Path table, boolean vectorized) throws IOException {
        Path to = scratch.resolve("rows.txt");
        ask("rows", table, to, vectorized);
        return Files.readAllLines(to).stream()
                .map(line -> new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8))
                .toList();
    }

    private void ask(Object... words) throws IOException {
        var line = new StringBuilder();
        for (Object word : words) {
            line.append(line.isEmpty() ? "" : "\t").append(word);
        }
        var question = process.getOutputStream();
        question.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
        question.flush();
        answer();
    }

    private void answer() throws IOException {
        String line = answers.readLine();
        while (line != null && !line.startsWith(ANSWER)) {
            line = answers.readLine();
        }
        if (line == null) {
            throw new IOException(
                    "Spark has ended: " + Files.readString(scratch.resolve("spark.log")));
        }
        String answer = line.substring(ANSWER.length());
        if (answer.startsWith("cannot ")) {
            throw new CannotException(answer);
        }
        if (!answer.equals("done")) {
            throw new IOException("Spark: " + answer);
        }
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
