package dev.whence.ingest.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.LogEntry;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Records that nobody meant to be batches, through a real broker, and good ones between them. */
class PoisonTest {

    @Test
    void nothingBadStopsTheGood() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("PoisonTest: -Dseed=" + seed);
        var random = new Random(seed);
        try (Rig rig = new Rig(1)) {
            byte[] d = "d".getBytes(StandardCharsets.UTF_8);
            List<byte[]> poison =
                    List.of(
                            new byte[0],
                            new byte[] {0, '{', 0, 0},
                            new byte[] {0, 0, 0, '{', -1, -1, -1, -1},
                            "{\"dataset\": \"d\", \"urls\": [\"\u00ff"
                                    .getBytes(StandardCharsets.ISO_8859_1),
                            "[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8),
                            ("{\"part\": " + "9".repeat(1_000_000))
                                    .getBytes(StandardCharsets.UTF_8),
                            ("{\"" + "k".repeat(1_000_000)).getBytes(StandardCharsets.UTF_8),
                            noise(random, 7 << 20),
                            noise(random, 100));
            for (byte[] value : poison) {
                rig.send(d, value);
                rig.send("d", Rig.insert("d", List.of("http://good.example/")));
            }
            rig.send(noise(random, 2 << 20), noise(random, 10));
            rig.send(
                    "d",
                    Rig.insert(
                            "d",
                            IntStream.range(0, 200_000)
                                    .mapToObj(i -> "http://large.example/" + i)
                                    .collect(Collectors.toList())));
            Ingest ingest = rig.start(rig.settings(), rig.store);
            rig.awaitCommitted(0, 2L * poison.size() + 2);

            assertThat(rig.deadLetters(poison.size() + 1)).hasSize(poison.size() + 1);
            assertThat(rig.entries(0).stream().mapToLong(LogEntry::deadLetters).sum())
                    .isEqualTo(poison.size() + 1);
            assertThat(rig.urls(0, "d").stream().filter(url -> url.contains("large")))
                    .hasSize(200_000);
            assertThat(ingest.counters().accepted()).isEqualTo(200_000 + poison.size());
            assertThat(ingest.conditions().all()).isEmpty();
            assertThat(ingest.isAlive()).isTrue();
        }
    }

    private static byte[] noise(Random random, int bytes) {
        byte[] noise = new byte[bytes];
        random.nextBytes(noise);
        return noise;
    }
}
