package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.system.Metrics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two of a kind that both believe that it is their turn. */
@Faults
class RivalWritersTest {
    /** Longer than the session after which the group gives partitions away. */
    private static final int LONG_MILLIS = 20_000;

    private static final int A_WHILE_MILLIS = 5_000;

    private static final String LOST_PUBLISHES =
            "whence_indexer_publishes_total\\{outcome=\"lost\"}";

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.start("ingest");
        stage.start("ingest");
        stage.start("indexer");
        stage.start("indexer");
        stage.startQuery();
    }

    @Test
    void ingestGoesOnAfterAnotherHasItsPartitions(Stage stage) throws Exception {
        stage.endures(
                "zombie ingest",
                () -> {
                    for (Service zombie : stage.all("ingest")) {
                        Thread.sleep(A_WHILE_MILLIS);
                        zombie.stop();
                        Thread.sleep(LONG_MILLIS);
                        zombie.goOn();
                    }
                });
        System.out.println(
                "slots lost to another: " + sum(stage, "ingest", "whence_ingest_lost_slots_total"));
    }

    @Test
    void twoIndexersPublishAtOnce(Stage stage) throws Exception {
        stage.endures("two indexers at once", () -> Thread.sleep(LONG_MILLIS));
        assertThat(stage.all("indexer")).hasSize(2);
        System.out.println("publishes lost to another: " + sum(stage, "indexer", LOST_PUBLISHES));
    }

    @Test
    void indexerGoesOnAfterAnotherHasPublished(Stage stage) throws Exception {
        stage.endures(
                "zombie indexer",
                () -> {
                    for (Service zombie : stage.all("indexer")) {
                        Thread.sleep(stage.random().nextInt(A_WHILE_MILLIS));
                        zombie.stop();
                        Thread.sleep(A_WHILE_MILLIS);
                        zombie.goOn();
                    }
                });
    }

    private static double sum(Stage stage, String service, String metric) throws Exception {
        double sum = 0;
        for (Service one : stage.all(service)) {
            sum += Metrics.of(one.server()).sum(metric);
        }
        return sum;
    }
}
