package dev.whence.benchmarks.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Spark for tests of merges of its files, as a process that is asked line by line, with tabs
 * between words:
 *
 * <ul>
 *   <li>{@code write FROM TO CASE FILE}: a Parquet file, as Spark would have written it. Seeds say
 *       how: one for what all files of a table have, one for what each has of its own.
 *   <li>{@code partition FROM DIRECTORY CASE FILE COLUMN [VALUE]}: the same into the folder of a
 *       partition; without a value it is null.
 *   <li>{@code rows DIRECTORY TO VECTORIZED}: what Spark reads of a table, a line for each row, in
 *       base 64.
 * </ul>
 *
 * Answers are {@code > done}, {@code > cannot WHY} if Spark knows no such type, or {@code > failed
 * WHY}.
 */
public final class ForeignFiles {
    private static final String ANSWER = "> ";

    private final SparkSession spark;
    private final Path scratch;
    private int writes;

    private ForeignFiles(SparkSession spark, Path scratch) {
        this.spark = spark;
        this.scratch = scratch;
    }

    /** Argument: a directory to work in. */
    public static void main(String[] arguments) throws IOException {
        Path scratch = Path.of(arguments[0]);
        try (SparkSession spark = Sessions.plain(scratch);
                var asked =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var files = new ForeignFiles(spark, scratch);
            System.out.println(ANSWER + "done");
            for (String line = asked.readLine(); line != null; line = asked.readLine()) {
                System.out.println(ANSWER + files.answer(line.split("\t", -1)));
            }
        }
    }

    private String answer(String[] words) {
        try {
            switch (words[0]) {
                case "write" -> write(words);
                case "partition" -> partition(words);
                case "rows" -> rows(Path.of(words[1]), Path.of(words[2]), words[3]);
                default -> throw new IllegalArgumentException("no command " + words[0]);
            }
            return "done";
        } catch (Exception e) {
            // Scala throws checked exceptions that it does not declare.
            return e instanceof AnalysisException
                    ? "cannot " + e.getMessage().replaceAll("\\s+", " ")
                    : "failed " + oneLine(e);
        }
    }

    private static String oneLine(Throwable failure) {
        var causes = new ArrayList<String>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause.toString());
        }
        return String.join(" <- ", causes).replaceAll("\\s+", " ");
    }

    private void write(String[] words) throws IOException {
        Path folder = scratch.resolve("written-" + writes++);
        writer(words, List.of()).save(folder.toString());
        Files.move(onlyFile(folder), Path.of(words[2]), StandardCopyOption.REPLACE_EXISTING);
        Directories.delete(folder);
    }

    private void partition(String[] words) {
        String value = words.length > 6 ? words[6] : null;
        Column column = functions.lit(value).cast("string").as(words[5]);
        writer(words, List.of(column)).partitionBy(words[5]).save(words[2]);
    }

    private DataFrameWriter<Row> writer(String[] words, List<Column> more) {
        Dataset<Row> rows = spark.read().parquet(words[1]);
        var columns = new ArrayList<Column>(List.of(functions.col("*")));
        columns.addAll(more);
        return new WriterChoice(Long.parseLong(words[3]), Long.parseLong(words[4]))
                .writer(spark, rows.select(columns.toArray(Column[]::new)).coalesce(1))
                .mode("append");
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> written =
                    files.filter(file -> file.toString().endsWith(".parquet")).toList();
            if (written.size() != 1) {
                throw new IOException("Spark wrote " + written + " for one file");
            }
            return written.getFirst();
        }
    }

    private void rows(Path directory, Path to, String vectorized) throws IOException {
        spark.conf().set("spark.sql.parquet.enableVectorizedReader", vectorized);
        Dataset<Row> rows =
                spark.read().option("mergeSchema", "true").parquet(directory.toString());
        var lines = new ArrayList<String>();
        for (Row row : rows.collectAsList()) {
            @Nullable Object plain = PlainRow.of(row);
            lines.add(
                    Base64.getEncoder()
                            .encodeToString(
                                    String.valueOf(plain).getBytes(StandardCharsets.UTF_8)));
        }
        Files.write(to, lines);
    }
}
