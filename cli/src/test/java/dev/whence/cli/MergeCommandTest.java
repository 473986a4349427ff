package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.whence.embedded.EmbeddedS3;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.store.S3Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MergeCommandTest {
    @TempDir Path directory;

    private String lake = "";
    private String fresh = "";

    @BeforeEach
    void begin() throws SQLException {
        lake = directory.resolve("lake").toString();
        fresh = directory.resolve("new.parquet").toString();
        sql(
                "COPY (SELECT i AS id, 'old ' || i AS word, 'a/b ' || i // 100 AS part"
                        + " FROM range(300) t(i)) TO '%s' (FORMAT parquet, PARTITION_BY (part))"
                                .formatted(lake));
        sql(
                "COPY (SELECT i AS id, 'new ' || i AS word, 'a/b 2' AS part"
                        + " FROM range(290, 310) t(i)) TO '%s' (FORMAT parquet)".formatted(fresh));
    }

    @Test
    void mergesAFileIntoADirectory() throws Exception {
        Run run = merge("--rewrite-mode", "incremental");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("upsert: commit 1\nrewrite mode incremental: ")
                .containsPattern("inserted +10\n")
                .containsPattern("updated keys +10\n")
                .containsPattern("after +310\n")
                .containsPattern("preserved +2 +200 ")
                .containsPattern("rewritten +1 +100 ")
                .containsPattern("touched +matched_key +1 +1 +100 ");
        assertThat(question("read_parquet('%s/**/*.parquet')".formatted(lake)))
                .isEqualTo("310 rows, 20 new, 310 ids, 3 parts");
        Run files = Run.of("table", "files", lake, "--sql", "duckdb");
        assertThat(question(files.out().replaceAll("(?s)SELECT \\* FROM |;\\s*$", "")))
                .isEqualTo("310 rows, 20 new, 310 ids, 3 parts");
        assertThat(Run.of("table", "files", lake).lines())
                .hasSize(4)
                .allMatch(file -> file.startsWith("file:///"));
        assertThat(Run.of("table", "log", lake).lines().getLast())
                .matches(" +1 .* upsert +4 +2 +1 +10 +10 +0");
    }

    @Test
    void printsTheResultAsJson() throws Exception {
        JsonNode result = new JsonMapper().readTree(merge("--json").out());
        assertThat(result.path("commit").asLong()).isEqualTo(1);
        assertThat(result.path("counts").path("inserted").asLong()).isEqualTo(10);
        assertThat(result.path("files")).hasSize(4);
        assertThat(result.path("plan").path("mode").asText()).isEqualTo("full");
        assertThat(result.path("plan").path("source_rows").asLong()).isEqualTo(20);
    }

    @Test
    void changesNothingInADryRun() throws Exception {
        Map<String, FileTime> before = files();
        Run run = merge("--dry-run", "--rewrite-mode", "incremental");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("rewrite mode incremental").contains("affected part=a%2Fb");
        JsonNode plan = new JsonMapper().readTree(merge("--dry-run", "--json").out());
        assertThat(plan.path("files")).hasSize(3);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void commitsNothingWhereNothingChanges() throws Exception {
        Map<String, FileTime> before = files();
        sql("COPY (SELECT 1000 AS id) TO '%s' (FORMAT parquet)".formatted(fresh));
        Run run =
                Run.of(
                        "merge",
                        fresh,
                        lake,
                        "--strategy",
                        "delete",
                        "--key",
                        "id",
                        "--rewrite-mode",
                        "incremental");
        assertThat(run.out()).startsWith("delete: nothing to change, no commit");
        assertThat(files().keySet()).isEqualTo(before.keySet());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--strategy replace --key id | 1 | no strategy 'replace'; there are append",
                "--strategy insert --key id --rewrite-mode incremental | 1 | insert cannot be combined with rewrite mode incremental",
                "--strategy full_merge --key id --rewrite-mode incremental | 1 | full_merge cannot be combined with rewrite mode incremental",
                "--strategy upsert | 1 | needs at least one key column",
                "--strategy upsert --key id,id | 1 | stands twice",
                "--strategy upsert --key id --dedup-order-by word | 1 | deduplicate only",
                "--strategy deduplicate --key id --dedup-order-by word=up | 1 | word=up",
                "--strategy upsert --key nothing | 1 | nothing",
                "--strategy upsert --key id --rewrite-mode fast | 1 | no rewrite mode 'fast'",
                "--strategy upsert --key id --prune hard | 1 | --prune",
                "--strategy upsert --key id --threads 0 | 1 | threads is 0",
                "--strategy upsert --key id --memory 1 | 1 | 16 MiB to 4 GiB",
                "--strategy upsert --key id --full-from 2 | 1 | fullFrom is 2",
                "--strategy upsert --key id --planning-time -1 | 1 | planningTime",
                "--strategy upsert --key id --scratch /no/such | 1 | --scratch /no/such",
                "--key id | 1 | --strategy",
            })
    void refusesWhatCannotBeAndChangesNothing(String options, int exitCode, String problem)
            throws Exception {
        Map<String, FileTime> before = files();
        List<String> arguments = new ArrayList<>(List.of("merge", fresh, lake));
        arguments.addAll(List.of(options.split(" ")));
        Run run = Run.of(arguments.toArray(String[]::new));
        assertThat(run.err()).startsWith("whence: ").contains(problem);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void saysWhichPlaceIsWrong() {
        requireRefused(2, "no such directory", fresh, lake + "-gone");
        requireRefused(2, "no such directory", lake + "-gone", lake);
        requireRefused(1, "is a file", lake, fresh);
        requireRefused(1, "one lies within the other", lake, lake);
        requireRefused(1, "one lies within the other", directory.toString(), lake);
        requireRefused(1, "expected a directory or s3://", fresh, "ftp://host/lake");
    }

    @Test
    void changesNothingForADamagedFile() throws Exception {
        Files.write(
                Path.of(fresh), "PAR1 is no Parquet file PAR1".getBytes(StandardCharsets.UTF_8));
        Map<String, FileTime> before = files();
        Run run = merge();
        assertThat(run.err()).startsWith("whence: new.parquet: ");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void deletesWhatNoLongerCountsOnlyWhenTold() throws Exception {
        merge();
        assertThat(Run.of("table", "expire", lake).out()).isEmpty();
        Run would = Run.of("table", "expire", lake, "--older-than", "0s", "--dry-run");
        assertThat(would.lines()).hasSize(3);
        assertThat(would.err()).startsWith("would delete 3 objects with ");
        assertThat(Run.of("table", "expire", lake, "--older-than", "0s").out())
                .isEqualTo(would.out());
        assertThat(Run.of("table", "expire", lake, "--older-than", "0s").out()).isEmpty();
        Path staged = Path.of(lake, "_whence/staging/%032x/00000".formatted(7));
        Files.createDirectories(staged.getParent());
        Files.writeString(staged, "half");
        assertThat(Run.of("table", "sweep", lake).out()).isEmpty();
        assertThat(Run.of("table", "sweep", lake, "--older-than", "0s").lines())
                .containsExactly("_whence/staging/%032x/00000".formatted(7));
        assertThat(Run.of("table", "sweep", lake, "--older-than", "soon").err())
                .contains("'soon' is no age");
        assertThat(Run.of("table", "finish", lake)).isEqualTo(new Run(0, "", ""));
    }

    @Test
    void refusesADamagedCommit() throws Exception {
        Path commit = Path.of(lake, "_whence/commits/00000000000000000001.json");
        Files.createDirectories(commit.getParent());
        Files.writeString(commit, "{}");
        Run run = merge();
        assertThat(run.err()).contains("00000000000000000001.json: expected format 1, found 0");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"staging", "commits", "replaced"})
    @Tag("slow")
    void isBeforeOrAfterWhenItsProcessIsKilled(String when) throws Exception {
        sql(
                "COPY (SELECT i AS id, 'old ' || i AS word, i // 4 AS part"
                        + " FROM range(300) t(i)) TO '%s/many' (FORMAT parquet, PARTITION_BY (part))"
                                .formatted(lake));
        Path many = Path.of(lake, "many");
        sql(
                "COPY (SELECT i AS id, 'new ' || i AS word, i // 4 AS part"
                        + " FROM range(0, 310, 31) t(i)) TO '%s' (FORMAT parquet)"
                                .formatted(fresh));
        Process merge =
                command("merge", fresh, many.toString(), "--strategy", "upsert", "--key", "id")
                        .start();
        while (merge.isAlive() && !Files.exists(many.resolve("_whence").resolve(when))) {
            Thread.sleep(1);
        }
        merge.destroyForcibly().waitFor();
        assertThat(Run.of("table", "finish", many.toString()).exitCode()).isZero();
        String found = question("read_parquet('%s/**/*.parquet')".formatted(many));
        String before = "300 rows, 0 new, 300 ids, 75 parts";
        String after = "300 rows, 10 new, 300 ids, 75 parts";
        assertThat(found).isIn(when.equals("replaced") ? List.of(after) : List.of(before, after));
        Run files = Run.of("table", "files", many.toString(), "--sql", "duckdb");
        assertThat(question(files.out().replaceAll("(?s)SELECT \\* FROM |;\\s*$", "")))
                .isEqualTo(found);
    }

    /** A limit on the size of files ends a write in its midst, as a full disk does. */
    @Test
    @Tag("slow")
    void isAsItWasWhereverAWriteFindsNoRoom() throws Exception {
        String large = directory.resolve("large").toString();
        sql(
                "COPY (SELECT i AS id, 'old ' || md5(i::VARCHAR) AS word, 0 AS part"
                        + " FROM range(40000) t(i)) TO '%s' (FORMAT parquet, PER_THREAD_OUTPUT true)"
                                .formatted(large));
        sql(
                "COPY (SELECT i AS id, 'new ' || md5(i::VARCHAR) AS word, 0 AS part"
                        + " FROM range(0, 40000, 10) t(i)) TO '%s' (FORMAT parquet)"
                                .formatted(fresh));
        String files = "read_parquet('%s/**/*.parquet')".formatted(large);
        String before = "40000 rows, 0 new, 40000 ids, 1 parts";
        int failed = 0;
        boolean done = false;
        for (int kibibytes = 64; !done; kibibytes *= 2) {
            ProcessBuilder merge =
                    command("merge", fresh, large, "--strategy", "upsert", "--key", "id");
            merge.command()
                    .addAll(
                            0,
                            List.of(
                                    "bash",
                                    "-c",
                                    "ulimit -f %d; exec \"$@\"".formatted(kibibytes),
                                    "limited"));
            Process process = merge.start();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            done = process.waitFor() == 0;
            if (!done) {
                failed++;
                assertThat(said).contains("File too large");
                assertThat(question(files)).isEqualTo(before);
            }
        }
        assertThat(failed).as("merges that found no room").isGreaterThan(1);
        assertThat(question(files)).isEqualTo("40000 rows, 4000 new, 40000 ids, 1 parts");
    }

    @Test
    @Tag("slow")
    void mergesInABucketWithKeysOfTheEnvironment() throws Exception {
        try (EmbeddedS3 s3 =
                EmbeddedS3.start(directory.resolve("s3"), 0, "access", "very-secret")) {
            s3.createBucket("bucket");
            String target = "s3://bucket/deep/lake.parquet";
            for (int commit = 1; commit <= 2; commit++) {
                ProcessBuilder process =
                        command(
                                "merge",
                                fresh,
                                target,
                                "--strategy",
                                commit == 1 ? "append" : "upsert",
                                "--key",
                                "id",
                                "--json");
                process.environment().put("WHENCE_STORE_ENDPOINT", s3.endpoint().toString());
                process.environment().put("WHENCE_STORE_ACCESS_KEY", "access");
                process.environment().put("WHENCE_STORE_SECRET_KEY", "very-secret");
                Process merge = process.start();
                String said =
                        new String(merge.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(merge.waitFor()).as(said).isZero();
                assertThat(said)
                        .contains("\"commit\":" + commit, "\"after\":20")
                        .doesNotContain("very-secret");
            }
            var settings =
                    new S3Settings(
                            s3.endpoint(),
                            "us-east-1",
                            "bucket",
                            "",
                            "access",
                            "very-secret",
                            true);
            try (ObjectStore store = ObjectStores.s3(settings);
                    Stream<ObjectInfo> objects = store.list("deep/lake.parquet/")) {
                assertThat(objects.map(ObjectInfo::key))
                        .filteredOn(key -> key.endsWith(".parquet"))
                        .as("what a glob finds")
                        .hasSize(1);
            }
            Run unsaid =
                    Run.of(
                            "table",
                            "files",
                            target,
                            "--store-endpoint",
                            s3.endpoint().toString(),
                            "--store-access-key",
                            "access");
            assertThat(unsaid.exitCode()).isEqualTo(1);
            assertThat(unsaid.err()).contains("go together");
        }
    }

    private static ProcessBuilder command(String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Whence.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private Run merge(String... options) {
        List<String> arguments =
                new ArrayList<>(
                        List.of("merge", fresh, lake, "--strategy", "upsert", "--key", "id"));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray(String[]::new));
    }

    private void requireRefused(int exitCode, String problem, String source, String target) {
        Run run = Run.of("merge", source, target, "--strategy", "append");
        assertThat(run.err()).startsWith("whence: ").contains(problem);
        assertThat(run.exitCode()).isEqualTo(exitCode);
    }

    /** Everything below the directory, with its time. */
    private Map<String, FileTime> files() throws IOException {
        Map<String, FileTime> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(path).toString(), Files.getLastModifiedTime(path));
            }
        }
        return files;
    }

    private static String question(String from) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "SELECT count(*) || ' rows, ' || count(*) FILTER (word LIKE 'new%')"
                                        + " || ' new, ' || count(DISTINCT id) || ' ids, '"
                                        + " || count(DISTINCT part) || ' parts' FROM "
                                        + from)) {
            row.next();
            return row.getString(1);
        }
    }

    private static void sql(String text) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(text);
        }
    }
}
