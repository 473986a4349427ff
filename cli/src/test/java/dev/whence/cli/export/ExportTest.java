package dev.whence.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.Run;
import dev.whence.cli.place.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportTest {
    private static final int ROWS = 200;

    @TempDir Path directory;

    private ListServer server;

    @BeforeEach
    void start() throws IOException {
        server = new ListServer(ROWS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void writesAWholeList() throws IOException {
        Run run = export("a.csv");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("200 rows of version 9 in ").doesNotContain("goes on");
        assertThat(directory.resolve("a.csv")).content().isEqualTo(csv(ROWS));
        assertThat(export("a.ndjson").exitCode()).isZero();
        assertThat(directory.resolve("a.ndjson")).content().isEqualTo(ndjson(ROWS));
        assertThat(files()).containsExactly("a.csv", "a.ndjson");
        assertThat(server.asked())
                .containsExactly("format=csv&cursors=true", "format=ndjson&cursors=true");
    }

    @Test
    void leavesTheEndOutForToolsThatWouldTakeItForARow() throws IOException {
        assertThat(export("a.ndjson", "--plain").exitCode()).isZero();
        assertThat(Files.readString(directory.resolve("a.ndjson")))
                .endsWith(ListServer.ndjsonRow(ROWS - 1) + "\n");
    }

    @Test
    void goesOnWhereTheConnectionBroke() throws IOException {
        for (String name : new String[] {"a.csv", "a.ndjson"}) {
            server.cutAfterBytes = 4_000;
            Run run = export(name);
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(directory.resolve(name))
                    .content()
                    .isEqualTo(name.endsWith("csv") ? csv(ROWS) : ndjson(ROWS));
        }
        assertThat(server.asked()).hasSizeGreaterThan(6);
    }

    @Tag("slow")
    @Test
    void takesNoQuietEndForAWholeList() throws IOException {
        server.isCutQuietly = true;
        server.cutAfterBytes = 4_000;
        assertThat(export("a.csv").exitCode()).isZero();
        assertThat(directory.resolve("a.csv")).content().isEqualTo(csv(ROWS));
        server.cutAfterBytes = 10;
        Run nothing = export("b.csv");
        assertThat(nothing.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(nothing.err()).contains("broke off behind 0 rows");
        assertThat(files()).containsExactly("a.csv");
    }

    @Test
    void goesOnWhereAnotherCommandLeftOff() throws IOException {
        server.cutAfterBytes = 4_000;
        server.isRetired = true;
        Run broken = export("a.csv", "--limit", "150");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(broken.err()).contains("whence: gone Delete").contains("to begin again");
        assertThat(files()).containsExactly("a.csv.part", "a.csv.part.json");

        Files.writeString(
                directory.resolve("a.csv.part"),
                Files.readString(directory.resolve("a.csv.part")) + "half a r");
        server.isRetired = false;
        server.cutAfterBytes = Integer.MAX_VALUE;
        Run whole = export("a.csv", "--limit", "150");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(whole.err()).contains("going on behind ").contains("; the list goes on");
        assertThat(Files.readString(directory.resolve("a.csv")))
                .isEqualTo(
                        rows(150, ListServer::csvRow, "url,note\r\n", "\r\n")
                                + ListServer.csvEnd(150, "-c150", 2));
        assertThat(files()).containsExactly("a.csv");
    }

    @Test
    void beginsAnewForAnotherQuestion() throws IOException {
        server.cutAfterBytes = 4_000;
        server.isRetired = true;
        assertThat(export("a.csv", "--limit", "150").exitCode()).isNotZero();
        server.cutAfterBytes = Integer.MAX_VALUE;
        assertThat(export("a.csv").exitCode()).isZero();
        assertThat(directory.resolve("a.csv")).content().isEqualTo(csv(ROWS));
    }

    @Test
    void refusesAnEndThatDoesNotCountTheRows() throws IOException {
        server.miscount = 1;
        Run run = export("a.ndjson");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("an end that counts 201 rows where 200 came");
        assertThat(files()).doesNotContain("a.ndjson");
    }

    @Test
    void writesParquetWholeOrInParts() throws IOException {
        Run whole = export("a.parquet");
        assertThat(whole.exitCode()).as(whole.err()).isZero();
        Run parts = export("b.parquet", "--rows-per-file", "80", "--limit", "190");
        assertThat(parts.exitCode()).as(parts.err()).isZero();
        assertThat(parts.err()).startsWith("190 rows of version 9").contains("the list goes on");
        assertThat(files())
                .containsExactly(
                        "a.parquet", "b-00001.parquet", "b-00002.parquet", "b-00003.parquet");
        assertThat(server.asked())
                .endsWith(
                        "format=parquet&limit=80",
                        "format=parquet&limit=80&cursor=-c80",
                        "format=parquet&limit=30&cursor=-c160");
        assertThat(export("b.parquet", "--rows-per-file", "80").err()).contains("--force");
        assertThat(export("b.csv", "--rows-per-file", "80").exitCode())
                .isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void goesOnBehindTheLastWholePart() throws IOException {
        server.isRetired = true;
        Run broken = export("b.parquet", "--rows-per-file", "80");
        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(files()).containsExactly("b-00001.parquet", "b.parquet.part.json");
        server.isRetired = false;
        assertThat(export("b.parquet", "--rows-per-file", "80").exitCode()).isZero();
        assertThat(files())
                .containsExactly("b-00001.parquet", "b-00002.parquet", "b-00003.parquet");
        assertThat(server.asked()).filteredOn("format=parquet&limit=80"::equals).hasSize(1);
    }

    @Test
    void refusesAFooterThatDoesNotCountTheRows() throws IOException {
        server.miscount = 1;
        Run run = export("a.parquet");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("a footer that counts 201 rows where there are 200");
        assertThat(files()).doesNotContain("a.parquet");
    }

    @Test
    void takesNothingForParquetThatHasNoFooter() throws IOException {
        server.isCutQuietly = true;
        server.cutAfterBytes = 30;
        Run run = export("a.parquet");
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
        assertThat(run.err()).contains("broke off 3 times (it ended without its end)");
        assertThat(files()).doesNotContain("a.parquet");
    }

    @Test
    void refusesAParquetFooterThatIsNone() throws IOException {
        Path file = directory.resolve("x");
        for (byte[] bytes :
                List.of(
                        new byte[0],
                        new byte[11],
                        "PAR1xxxxPAR1".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(file, bytes);
            boolean isMalformed = false;
            try {
                assertThat(ParquetEnd.of(file)).isEmpty();
            } catch (MalformedListException e) {
                isMalformed = true;
            }
            assertThat(isMalformed).isEqualTo(bytes.length == 12);
        }
    }

    @Test
    void replacesAFileOnlyWhenTold() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "mine");
        Run refused = export("a.csv");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(refused.err()).contains("is there already").contains("--force");
        assertThat(directory.resolve("a.csv")).content().isEqualTo("mine");
        assertThat(export("a.csv", "--force").exitCode()).isZero();
        assertThat(directory.resolve("a.csv")).content().isEqualTo(csv(ROWS));
    }

    @Test
    void asksForAFormatWhereTheNameSaysNone() throws IOException {
        Run run = export("a.txt");
        assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(run.err()).contains("says no format");
        assertThat(export("a.txt", "--format", "csv").exitCode()).isZero();
        assertThat(export("b.csv", "--limit", "0").exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(Run.of("export", "datasets").exitCode()).isEqualTo(ExitCode.USAGE.code());
        assertThat(Run.of("export").exitCode()).isEqualTo(ExitCode.USAGE.code());
    }

    @Test
    void writesNoFileThatAnotherExportWrites() throws Exception {
        try (Part held = Part.open(directory.resolve("a.csv"))) {
            held.write("rows");
            Run run = export("a.csv");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED.code());
            assertThat(run.err()).contains("is being written by another export");
        }
    }

    private Run export(String name, String... options) {
        var words =
                new ArrayList<>(
                        List.of(
                                "export",
                                "datasets",
                                "-o",
                                directory.resolve(name).toString(),
                                "--server",
                                server.address()));
        words.addAll(List.of(options));
        return Run.of(words.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String csv(int rows) {
        return rows(rows, ListServer::csvRow, "url,note\r\n", "\r\n")
                + ListServer.csvEnd(rows, "", 2);
    }

    private static String ndjson(int rows) {
        return rows(rows, ListServer::ndjsonRow, "", "\n") + ListServer.ndjsonEnd(rows, "null");
    }

    private static String rows(int rows, IntFunction<String> row, String first, String lineEnd) {
        return IntStream.range(0, rows)
                .mapToObj(at -> row.apply(at) + lineEnd)
                .collect(Collectors.joining("", first, ""));
    }
}
