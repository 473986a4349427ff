package dev.whence.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two of a kind that both believe that it is their turn. Each time it goes on until one has done
 * work for which the other was first.
 */
@Faults
class RivalWritersTest {
    /** Longer than the session after which the group gives partitions away. */
    private static final int SESSION_MILLIS = 15_000;

    private static final int LONG_MILLIS = 20_000;

    private static final int A_WHILE_MILLIS = 5_000;

    /** For what is lost to be counted, when the loser knows of it. */
    private static final int MOMENT_MILLIS = 2_000;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String LOST_SLOTS = "whence_ingest_lost_slots_total";
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
        endureTurns(
                stage,
                "an ingest is stopped for 20 s, its partitions go to another, and it goes on",
                lost(stage, "ingest", "slots", LOST_SLOTS),
                "ingest",
                zombie -> {
                    zombie.stop();
                    Thread.sleep(LONG_MILLIS);
                    zombie.goOn();
                });
    }

    /** What it was about to write arrives when the others have its partitions, and it knows not. */
    @Test
    void ingestCutFromTheBrokerWritesAfterAnotherHasItsPartitions(Stage stage) throws Exception {
        endureTurns(
                stage,
                "an ingest is cut from the broker for 20 s, and what it puts comes 15 s late",
                lost(stage, "ingest", "slots", LOST_SLOTS),
                "ingest",
                zombie -> {
                    FaultyLink broker = stage.broker().link(stage.all("ingest").indexOf(zombie));
                    broker.suffer(Trouble.CUT);
                    Trouble.CUT.happen(1, SESSION_MILLIS, List.of(zombie.store()));
                    Thread.sleep(LONG_MILLIS - SESSION_MILLIS);
                    broker.heal();
                });
    }

    @Test
    void twoIndexersPublishAtOnce(Stage stage) throws Exception {
        endureTurns(
                stage,
                "two indexers publish",
                lost(stage, "indexer", "publishes", LOST_PUBLISHES),
                "indexer",
                _ -> Thread.sleep(LONG_MILLIS / 2));
    }

    @Test
    void indexerGoesOnAfterAnotherHasPublished(Stage stage) throws Exception {
        endureTurns(
                stage,
                "an indexer is stopped, another publishes, and it goes on",
                lost(stage, "indexer", "publishes", LOST_PUBLISHES),
                "indexer",
                zombie -> {
                    zombie.stop();
                    Thread.sleep(A_WHILE_MILLIS);
                    zombie.goOn();
                });
    }

    @Test
    void indexerIsCutFromTheStoreWhileAnotherPublishes(Stage stage) throws Exception {
        endureTurns(
                stage,
                "what an indexer asks and puts comes 5 s late, and another publishes",
                lost(stage, "indexer", "publishes", LOST_PUBLISHES),
                "indexer",
                zombie -> Trouble.CUT.happen(1, A_WHILE_MILLIS, List.of(zombie.store())));
    }

    private interface Turn {
        void of(Service zombie) throws Exception;
    }

    /** One after the other of a kind has its turn at a seeded moment, until one was too late. */
    private static void endureTurns(Stage stage, String name, Sign lost, String kind, Turn turn)
            throws Exception {
        List<Service> rivals = stage.all(kind);
        stage.endures(
                new Fault(name, Within.BROKER, List.of(lost)),
                () -> {
                    double before = lost.reading().now();
                    Instant deadline = Instant.now().plus(PATIENCE);
                    for (int number = 0; lost.reading().now() <= before; number++) {
                        if (Instant.now().isAfter(deadline)) {
                            return; // and the fault was none
                        }
                        Thread.sleep(stage.random().nextInt(A_WHILE_MILLIS));
                        turn.of(rivals.get(number % rivals.size()));
                        Thread.sleep(MOMENT_MILLIS);
                    }
                });
    }

    private static Sign lost(Stage stage, String kind, String what, String metric) {
        List<Sign> each = new ArrayList<>();
        for (Service service : stage.all(kind)) {
            each.add(Sign.counted(service, what, metric));
        }
        return new Sign(
                what + " lost to another",
                () -> Sign.read(each).stream().mapToDouble(Double::doubleValue).sum());
    }
}
