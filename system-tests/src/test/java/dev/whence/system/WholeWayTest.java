package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code ./whence up} on an empty directory to answers about real lists. */
@Tag("slow")
class WholeWayTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    private static final int SIDE_BY_SIDE = 4;

    @TempDir Path data;

    @Test
    void aNewcomerSeesTheSampleAndEndsItCleanly() throws Exception {
        Map<String, Long> sample =
                Map.of("sample-crawl", 120L, "sample-docs", 70L, "sample-news", 80L);
        try (WhenceProcess whence = WhenceProcess.up(data)) {
            assertThat(Lists.counts(whence.server())).isEqualTo(sample);
            assertThat(whence.server().get("/").statusCode()).isEqualTo(200);
            assertThat(whence.cli().run("domain", "example.com").output()).contains("sample-crawl");
            answersEveryQuestion(whence.cli());
            assertThat(whence.terminate()).as("exit status, 143 being SIGTERM's").isEqualTo(143);
        }
        try (WhenceProcess again = WhenceProcess.up(data)) {
            assertThat(Lists.counts(again.server())).isEqualTo(sample);
        }
    }

    private void answersEveryQuestion(CommandLine cli) throws Exception {
        String url = "HTTPS://www.example.com:443/x/../cartography/theatre/2011/07";
        assertThat(cli.run("url", url).output()).contains("sample-crawl", "sample-news");
        assertThat(cli.run("url", "https://example.com/nowhere").exitCode()).isEqualTo(6);
        assertThat(cli.run("datasets", "--names").output())
                .isEqualTo("sample-crawl\nsample-docs\nsample-news\n");

        String[] set = {"sample-crawl", "sample-news", "--not", "sample-docs"};
        CommandLine.Result counts = cli.run("compare", set[0], set[1], set[2], set[3]);
        assertThat(counts.output()).as(counts.all()).contains(" domains in sample-crawl and");
        CommandLine.Result shared =
                cli.run("compare", set[0], set[1], set[2], set[3], "--domains", "--all");
        Path exported = data.resolve("shared.csv");
        CommandLine.Result export =
                cli.run("export", "set", set[0], set[1], set[2], set[3], "-o", exported.toString());
        assertThat(export.exitCode()).as(export.all()).isZero();
        assertThat(Files.readAllLines(exported))
                .hasSize(shared.output().lines().toList().size() + 2)
                .first()
                .isEqualTo("domain,domain_id");

        Path list = Files.writeString(data.resolve("list.txt"), "example.com\nnowhere.test\n");
        assertThat(cli.run("lookup", list.toString()).output())
                .contains("example.com\tfound\texample.com\t")
                .endsWith("nowhere.test\tnot-found\tnowhere.test\t\t\t\n");
        for (String format : List.of("ndjson", "parquet")) {
            Path file = data.resolve("example." + format);
            CommandLine.Result urls =
                    cli.run("export", "urls", "example.com", "-o", file.toString());
            assertThat(urls.exitCode()).as(urls.all()).isZero();
            assertThat(file).isNotEmptyFile();
        }
    }

    @Test
    void everyListIsAnsweredUrlForUrlAndLoadingAgainChangesNothing() throws Exception {
        System.out.println("seed " + SEED);
        Lists lists = Lists.demo(Integer.getInteger("lists", 8));
        try (WhenceProcess whence = WhenceProcess.up(data, "--no-sample")) {
            load(whence.cli(), lists);
            lists.assertCounts(whence.server());
            lists.assertDomains(whence.server(), new Random(SEED), 1_000);
            lists.assertPages(whence.server(), new Random(SEED), 1_000);
            loadSideBySide(whence.cli(), lists);
            lists.assertCounts(whence.server());
            CommandLine.Result check = whence.cli().run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
        }
    }

    private static void load(CommandLine cli, Lists lists) throws Exception {
        for (var list : lists.files().entrySet()) {
            CommandLine.Result load = cli.load(list);
            assertThat(load.exitCode()).as(load.all()).isZero();
        }
    }

    private static void loadSideBySide(CommandLine cli, Lists lists) throws Exception {
        var started = new ArrayDeque<CommandLine.Started>();
        for (var list : lists.files().entrySet()) {
            started.add(cli.startLoad(list));
            if (started.size() == SIDE_BY_SIDE) {
                awaitLoad(started.remove());
            }
        }
        while (!started.isEmpty()) {
            awaitLoad(started.remove());
        }
    }

    private static void awaitLoad(CommandLine.Started started) throws Exception {
        CommandLine.Result load = started.await();
        assertThat(load.exitCode()).as(load.all()).isZero();
        assertThat(load.output()).containsPattern("(?m)^new +0$");
    }
}
