package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the whole process, broker and store included, at random moments of a load. */
@Tag("slow")
class KillTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("kills", 6);

    /** So that every upsert is queued, and merged beside the publishing. */
    private static final Map<String, String> QUEUEING =
            Map.of("WHENCE_INDEXER_MERGE_AT_ONCE_BYTES", "0");

    private static final int LONGEST_WAIT_MILLIS = 4_000;

    private final Random random = new Random(SEED);
    private int kills;
    private WhenceProcess whence;

    @TempDir Path data;

    /**
     * A list whose load was under way is loaded again; one whose batches the broker took never is,
     * so that it must come out of the log by itself.
     */
    @Test
    void nothingIsLostOrDoubledByKills() throws Exception {
        System.out.println("seed " + SEED);
        Lists lists = Lists.demo(Integer.getInteger("lists", 6));
        whence = WhenceProcess.up(data, QUEUEING, "--no-sample");
        try {
            for (var list : lists.files().entrySet()) {
                while (kills < KILLS && random.nextInt(3) == 0) {
                    killDuringLoadOf(list);
                }
                CommandLine.Result loaded =
                        whence.cli()
                                .run(
                                        "load",
                                        list.getKey(),
                                        list.getValue().toString(),
                                        "--strategy",
                                        random.nextBoolean() ? "upsert" : "insert");
                assertThat(loaded.exitCode()).as(loaded.all()).isZero();
                if (kills < KILLS && random.nextBoolean()) {
                    killSoon();
                }
            }
            while (kills < KILLS) {
                killSoon();
            }
            lists.awaitCounts(whence.server());
            lists.assertDomains(whence.server(), random, 200);
            lists.assertPages(whence.server(), random, 200);
            CommandLine.Result check = whence.cli().run("check", "--deep");
            assertThat(check.exitCode()).as(check.all()).isZero();
        } finally {
            whence.close();
        }
    }

    private void killDuringLoadOf(Map.Entry<String, Path> list) throws Exception {
        CommandLine.Started load = whence.cli().startLoad(list);
        killSoon();
        load.process().destroyForcibly().waitFor();
    }

    private void killSoon() throws Exception {
        Thread.sleep(random.nextInt(LONGEST_WAIT_MILLIS));
        whence.kill();
        kills++;
        whence = WhenceProcess.up(data, QUEUEING, "--no-sample");
    }
}
