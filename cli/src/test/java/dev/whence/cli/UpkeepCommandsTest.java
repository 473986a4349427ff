package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
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

/** {@code compact}, {@code deduplicate} and {@code repartition} of what DuckDB wrote and reads. */
@Tag("slow")
class UpkeepCommandsTest {
    @TempDir Path directory;

    private String lake = "";

    /** Ten files of 30 rows; each but the first begins with the last five ids of the one before. */
    @BeforeEach
    void begin() throws Exception {
        lake = Files.createDirectory(directory.resolve("lake")).toString();
        for (int file = 0; file < 10; file++) {
            sql(
                    "COPY (SELECT i AS id, 'v%d of ' || i AS word, CASE WHEN i %% 3 > 0 THEN 'a/b ' || i %% 3 END AS part"
                                    .formatted(file)
                            + " FROM range(%d, %d) t(i)) TO '%s/%d.parquet' (FORMAT parquet)"
                                    .formatted(file * 25, file * 25 + 30, lake, file));
        }
    }

    @Test
    void compactsWhatIsSmall() throws Exception {
        String before = rows();
        Run run = Run.of("compact", lake);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("compact: commit 1\n")
                .containsPattern("before +300\n *deleted +0\n *after +300\n")
                .containsPattern("preserved +0 +0 +0\n")
                .containsPattern("inserted +1 +300 ")
                .containsPattern("removed +10 +0 ")
                .containsPattern("read [0-9,]+ bytes, wrote [0-9,]+ \\(0 of them copied\\), in ");
        assertThat(rows()).isEqualTo(before);
        assertThat(parquet()).hasSize(1);
        assertThat(Run.of("compact", lake, "--all").out())
                .startsWith("compact: nothing to change, no commit\n");
        assertThat(Run.of("table", "log", lake).lines().getLast())
                .matches(" +1 .* compact +1 +1 +10 +0 +0 +0");
    }

    @Test
    void deduplicatesByTheOrderOrTheLast() throws Exception {
        Run run = Run.of("deduplicate", lake, "--key", "id", "--order-by", "word asc");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("deduplicate: commit 1\n")
                .containsPattern("before +300\n *deleted +45\n *after +255\n")
                .containsPattern("preserved +1 +30 ")
                .containsPattern("rewritten +9 +225 ");
        assertThat(question("SELECT count(*), count(DISTINCT id) FROM %s")).isEqualTo("255 255");
        assertThat(question("SELECT word FROM %s WHERE id = 25")).isEqualTo("v0 of 25");
        assertThat(Run.of("deduplicate", lake, "--key", "id").out())
                .startsWith("deduplicate: nothing to change, no commit\n");
    }

    @Test
    void withoutAnOrderTheLastRowStays() throws Exception {
        Run.of("deduplicate", lake, "--key", "id");
        assertThat(question("SELECT word FROM %s WHERE id = 25")).isEqualTo("v1 of 25");
    }

    @Test
    void repartitionsByAColumn() throws Exception {
        String before = rows();
        Run run = Run.of("repartition", lake, "--by", "part");
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .startsWith("repartition: commit 1\n")
                .containsPattern("after +300\n")
                .containsPattern("inserted +3 +300 ")
                .containsPattern("removed +10 ");
        assertThat(parquet())
                .hasSize(3)
                .anyMatch(file -> file.startsWith("part=__HIVE_DEFAULT_PARTITION__/"))
                .anyMatch(file -> file.startsWith("part=a%2Fb 1/"));
        assertThat(rows()).isEqualTo(before);
        assertThat(question("SELECT count(*) FROM %s WHERE part = 'a/b 2'")).isEqualTo("100");
        assertThat(Run.of("repartition", lake, "--by", "part").out())
                .startsWith("repartition: nothing to change, no commit\n");
        Run further = Run.of("repartition", lake, "--by", "id,part", "--dry-run");
        assertThat(further.out())
                .startsWith("partition by id, part (now by part): 300 rows of 3 files, ")
                .contains("go to 255 partitions\n", "partition id='7', part='a/b 1': 1 rows\n");
        Run refused = Run.of("repartition", lake, "--by", "id");
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("partitioned by part, which its files do not hold");
    }

    @Test
    void oneAfterTheOtherLeavesTheSameRows() throws Exception {
        String distinct = "SELECT count(*), count(DISTINCT id), sum(id), count(part) FROM %s";
        Run.of("repartition", lake, "--by", "part");
        Run.of("deduplicate", lake, "--key", "part,id");
        assertThat(question(distinct)).isEqualTo("255 255 32385 170");
        Run.of("compact", lake, "--all", "--file-bytes", "1G");
        assertThat(question(distinct)).isEqualTo("255 255 32385 170");
        Run.of("table", "expire", lake, "--older-than", "0s");
        assertThat(question(distinct)).isEqualTo("255 255 32385 170");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compact --all",
                "deduplicate --key id",
                "deduplicate --key id --order-by word",
                "repartition --by part"
            })
    void aDryRunSaysWhatWouldBeAndChangesNothing(String command) throws Exception {
        Map<String, FileTime> before = files();
        Run text = run(command + " --dry-run");
        assertThat(text.err()).isEmpty();
        assertThat(text.exitCode()).isZero();
        assertThat(text.lines()).hasSizeGreaterThan(2);
        JsonNode plan = new JsonMapper().readTree(run(command + " --dry-run --json").out());
        switch (command.split(" ")[0]) {
            case "compact" -> assertThat(plan.at("/groups/0/files")).hasSize(10);
            case "deduplicate" -> assertThat(plan.path("duplicates").asLong()).isEqualTo(45);
            default -> assertThat(plan.at("/partitions/1/rows").asLong()).isPositive();
        }
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact", "deduplicate --key id", "repartition --by part"})
    void printsTheResultAsJson(String command) throws Exception {
        JsonNode result = new JsonMapper().readTree(run(command + " --json").out());
        assertThat(result.path("commit").asLong()).isEqualTo(1);
        assertThat(result.path("counts").path("before").asLong()).isEqualTo(300);
        assertThat(result.path("files")).hasSizeGreaterThanOrEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compact --file-bytes 12X | is no size; write bytes",
                "compact --file-bytes 0 | fileBytes is 0",
                "compact --file-bytes 9999999T | is too large",
                "compact --fan-out 1 | fanOut is 1, must be 2 to 100",
                "compact --most-files 0 | mostFiles is 0",
                "compact --run-bytes 1M | runBytes is 1048576, must be 134217728",
                "compact --threads 0 | threads is 0",
                "deduplicate | --key",
                "deduplicate --key nothing | has no primitive column nothing",
                "deduplicate --key id,id | stands twice",
                "deduplicate --key id --order-by word=up | word=up",
                "deduplicate --key id --order-by ts | has no primitive column ts",
                "repartition | --by",
                "repartition --by nothing | no column nothing",
                "repartition --by part,part | stands twice",
                "repartition --by id,word,part | no column would be left",
            })
    void refusesWhatCannotBeAndChangesNothing(String command, String problem) throws Exception {
        Map<String, FileTime> before = files();
        Run run = run(command);
        assertThat(run.err()).startsWith("whence: ").contains(problem);
        assertThat(run.out()).isEmpty();
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(files()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compact", "deduplicate", "repartition"})
    void helpTeaches(String command) {
        Run help = Run.of(command, "--help");
        assertThat(help.exitCode()).isZero();
        assertThat(help.out())
                .contains(
                        "TARGET",
                        "one commit",
                        "Examples:",
                        "whence " + command + " lake/",
                        "--dry-run");
        assertThat(help.out()).doesNotContain("Bytes[", "${");
    }

    private Run run(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add(1, lake);
        return Run.of(arguments.toArray(String[]::new));
    }

    private List<String> parquet() throws IOException {
        return files().keySet().stream()
                .filter(file -> file.endsWith(".parquet"))
                .map(file -> file.substring("lake/".length()))
                .toList();
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

    /** All rows, whatever their order. */
    private String rows() throws SQLException {
        return question(
                "SELECT count(*), count(DISTINCT id), bit_xor(hash(id, word, part)), count(part) FROM %s");
    }

    private String question(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                sql.formatted("read_parquet('%s/**/*.parquet')".formatted(lake)))) {
            row.next();
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                values.add(row.getString(i));
            }
            return String.join(" ", values);
        }
    }

    private static void sql(String text) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute(text);
        }
    }
}
