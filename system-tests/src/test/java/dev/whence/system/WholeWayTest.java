package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From {@code ./whence up} on an empty directory to answers about real lists. */
class WholeWayTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @TempDir Path data;

    @Test
    @Tag("slow")
    void aNewcomerSeesTheSampleAndEndsItCleanly() throws Exception {
        try (WhenceProcess whence = WhenceProcess.up(data)) {
            assertThat(Lists.counts(whence))
                    .isEqualTo(
                            Map.of("sample-crawl", 120L, "sample-docs", 70L, "sample-news", 80L));
            assertThat(whence.get("/").statusCode()).isEqualTo(200);
            assertThat(whence.run("domain", "example.com").output()).contains("sample-crawl");
            assertThat(whence.terminate()).isIn(0, 143);
        }
        try (WhenceProcess again = WhenceProcess.up(data)) {
            assertThat(Lists.counts(again)).containsEntry("sample-crawl", 120L);
        }
    }

    @Test
    @Tag("slow")
    void everyListIsAnsweredUrlForUrlAndLoadingAgainChangesNothing() throws Exception {
        System.out.println("seed " + SEED);
        Lists lists = Lists.demo(Integer.getInteger("lists", 32));
        try (WhenceProcess whence = WhenceProcess.up(data, "--no-sample")) {
            load(whence, lists);
            lists.assertCounts(whence);
            lists.assertDomains(whence, new Random(SEED), 1_000);
            lists.assertPages(whence, new Random(SEED), 1_000);
            load(whence, lists);
            lists.assertCounts(whence);
            WhenceProcess.Result check = whence.run("check");
            assertThat(check.exitCode()).as(check.output() + check.errors()).isZero();
        }
    }

    private static void load(WhenceProcess whence, Lists lists) throws Exception {
        for (var list : lists.files().entrySet()) {
            WhenceProcess.Result load =
                    whence.run("load", list.getKey(), list.getValue().toString(), "--wait");
            assertThat(load.exitCode()).as(load.output() + load.errors()).isZero();
        }
    }
}
