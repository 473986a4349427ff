package dev.whence.faults;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** kill -9 of services at seeded moments, while they start among others. */
@Faults
class KilledServicesTest {
    private static final int KILLS = 3;
    private static final int LONGEST_WAIT_MILLIS = 9_000;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.startOneOfEach();
    }

    @Test
    void ingestIsKilled(Stage stage) throws Exception {
        endureKillsOf(stage, "ingest");
    }

    @Test
    void indexerIsKilled(Stage stage) throws Exception {
        endureKillsOf(stage, "indexer");
    }

    @Test
    void queryIsKilled(Stage stage) throws Exception {
        endureKillsOf(stage, "query");
    }

    @Test
    void allServicesAreKilledAtOnce(Stage stage) throws Exception {
        endureKillsOf(stage, "ingest", "indexer", "query");
    }

    private static void endureKillsOf(Stage stage, String... services) throws Exception {
        stage.endures(
                "kill -9 of " + String.join(", ", services),
                () -> {
                    for (int kill = 0; kill < KILLS; kill++) {
                        Thread.sleep(stage.random().nextInt(LONGEST_WAIT_MILLIS));
                        for (String service : List.of(services)) {
                            stage.one(service).kill();
                        }
                    }
                });
    }
}
