package dev.whence.faults;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** kill -9 of services: at seeded moments of their work, and while they start. */
@Faults
class KilledServicesTest {
    private static final int KILLS_AT_WORK = 2;
    private static final int LONGEST_WAIT_MILLIS = 2_000;

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

    private static void endureKillsOf(Stage stage, String... names) throws Exception {
        List<Service> services = Stream.of(names).map(stage::one).toList();
        stage.endures(
                new Fault(
                        "kill -9 of %s: twice at work, once at the start"
                                .formatted(String.join(", ", names)),
                        Within.START,
                        services.stream().map(Sign::ended).toList()),
                () -> {
                    for (int kill = 0; kill < KILLS_AT_WORK; kill++) {
                        for (Service service : services) {
                            service.signs().awaitWork();
                        }
                        kill(stage, services);
                    }
                    kill(stage, services);
                });
    }

    private static void kill(Stage stage, List<Service> services) throws Exception {
        Thread.sleep(stage.random().nextInt(LONGEST_WAIT_MILLIS));
        for (Service service : services) {
            service.kill();
        }
    }
}
