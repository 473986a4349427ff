package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes come, a batch is read or refused. */
@Timeout(60)
class DamagedBatchTest {
    private static final List<String> BATCHES =
            List.of(
                    """
                    {"dataset": "c4", "strategy": "insert", "urls": ["https://example.com/a?b=c",
                     {"url": "https://example.org/\\u00e9", "ts": "2024-06-14T00:00:00.5+02:00",
                      "extras": {"lang": "en", "k\\u0000": "\\ud83d\\ude00"}}], "rewrite_mode": "full"}\
                    """,
                    """
                    {"dataset": "c4", "objects": ["s3://raw/c4/part-0.parquet", "s3://raw/ü"], "format": "parquet",
                     "url_column": "url", "batch_id": "b", "part": 17, "last": false, "all": false}\
                    """,
                    "{\"urls\": [\"\", {}, [], 1, null, true], \"dataset\": \"d\", \"dedup_order_by\": \"ts\"}");
    private static final List<String> PIECES =
            List.of(
                    "{",
                    "}",
                    "[",
                    "]",
                    "\"",
                    ",",
                    ":",
                    "\\",
                    "\\u",
                    "\\ud800",
                    "null",
                    "true",
                    "-0",
                    "1e9999",
                    "9".repeat(1_200),
                    "[".repeat(50),
                    "\u0000",
                    "\ufeff",
                    "\"url\":",
                    "\"ts\":",
                    "\"extras\":",
                    "\"dataset\":",
                    "\"urls\":",
                    "/*",
                    "NaN");

    private static final int ROUNDS = 60_000;

    @Test
    void isReadOrRefusedAndNothingElse() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("DamagedBatchTest: -Dseed=" + seed);
        var random = new Random(seed);
        var reader = new BatchReader(new BatchLimits(1 << 16, 4, 64, 8, 1_000, 1 << 20));
        int taken = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] message =
                    BATCHES.get(random.nextInt(BATCHES.size())).getBytes(StandardCharsets.UTF_8);
            for (int damage = random.nextInt(5); damage >= 0; damage--) {
                message = damaged(message, random);
            }
            taken += isTaken(reader, message, seed, round) ? 1 : 0;
        }
        // Neither all nor nothing, or the damage would be none or too much.
        assertThat(taken).isBetween(ROUNDS / 200, ROUNDS - ROUNDS / 200);
    }

    private static boolean isTaken(BatchReader reader, byte[] message, long seed, int round)
            throws Exception {
        try {
            Batch batch = reader.read(message, null, new RecordingSink());
            reader.read(message, batch, new RecordingSink());
            return true;
        } catch (BatchRefusedException e) {
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(500);
            return false;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(
                    "-Dseed=%d, round %d: %s".formatted(seed, round, Arrays.toString(message)), e);
        }
    }

    private static byte[] damaged(byte[] message, Random random) {
        int at = random.nextInt(message.length + 1);
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(message, at);
            case 1 -> Arrays.copyOfRange(message, at, message.length);
            case 2 -> {
                byte[] changed = message.clone();
                if (at < changed.length) {
                    changed[at] = (byte) random.nextInt(256);
                }
                yield changed;
            }
            case 3 -> {
                byte[] noise = new byte[random.nextInt(8)];
                random.nextBytes(noise);
                yield with(message, at, noise);
            }
            case 4 ->
                    with(
                            message,
                            at,
                            PIECES.get(random.nextInt(PIECES.size()))
                                    .getBytes(StandardCharsets.UTF_8));
            default -> message;
        };
    }

    private static byte[] with(byte[] message, int at, byte[] inserted) {
        byte[] longer = Arrays.copyOf(message, message.length + inserted.length);
        System.arraycopy(inserted, 0, longer, at, inserted.length);
        System.arraycopy(message, at, longer, at + inserted.length, message.length - at);
        return longer;
    }
}
