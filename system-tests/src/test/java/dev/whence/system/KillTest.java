package dev.whence.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of the whole process, broker and store included, at random moments of a load. */
@Tag("slow")
class KillTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int KILLS = Integer.getInteger("kills", 20);

    @TempDir Path data;

    @Test
    void nothingIsLostOrDoubledByKills() throws Exception {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        Lists lists = Lists.demo(Integer.getInteger("lists", 32));
        var todo = new ArrayDeque<>(lists.files().entrySet());
        WhenceProcess whence = WhenceProcess.up(data, "--no-sample");
        try {
            for (int kills = 0; kills < KILLS || !todo.isEmpty(); ) {
                if (todo.isEmpty()) {
                    // Again, until it has been killed often enough.
                    todo.addAll(lists.files().entrySet());
                }
                CommandLine.Started load = whence.cli().startLoad(todo.element());
                boolean kill = kills < KILLS && random.nextInt(3) < 2;
                if (kill
                        && !load.process()
                                .waitFor(random.nextInt(200, 4_000), TimeUnit.MILLISECONDS)) {
                    whence.kill();
                    load.process().destroyForcibly().waitFor();
                    kills++;
                    whence = WhenceProcess.up(data, "--no-sample");
                } else {
                    CommandLine.Result loaded = load.await();
                    assertThat(loaded.exitCode()).as(loaded.all()).isZero();
                    todo.remove();
                }
            }
            lists.assertCounts(whence.server());
            lists.assertDomains(whence.server(), random, 200);
            lists.assertPages(whence.server(), random, 200);
            CommandLine.Result check = whence.cli().run("check");
            assertThat(check.exitCode()).as(check.all()).isZero();
        } finally {
            whence.close();
        }
    }
}
