package dev.whence.faults;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** kill -9 of services at seeded moments, while they start among others. */
@Faults
class KilledServicesTest {
    private static final int KILLS = 3;
    private static final int LONGEST_WAIT_MILLIS = 9_000;

    @TempDir static Path directory;
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open(directory);
        stage.startOneOfEach();
    }

    @AfterAll
    static void close() throws Exception {
        if (stage != null) {
            stage.close();
        }
    }

    @Test
    void ingestIsKilled() throws Exception {
        endureKillsOf("ingest");
    }

    @Test
    void indexerIsKilled() throws Exception {
        endureKillsOf("indexer");
    }

    @Test
    void queryIsKilled() throws Exception {
        endureKillsOf("query");
    }

    @Test
    void allServicesAreKilledAtOnce() throws Exception {
        endureKillsOf("ingest", "indexer", "query");
    }

    private static void endureKillsOf(String... services) throws Exception {
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
