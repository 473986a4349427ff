package dev.whence.faults;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The broker ends, well or badly, or ingest does not reach it. */
@Faults
class BrokerFaultsTest {
    private static final int A_WHILE_MILLIS = 5_000;

    /** Longer than the session after which the group gives partitions away. */
    private static final int LONG_MILLIS = 25_000;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.startOneOfEach();
    }

    @Test
    void brokerIsRestarted(Stage stage) throws Exception {
        stage.endures(
                "restart of the broker",
                () -> {
                    Thread.sleep(A_WHILE_MILLIS);
                    stage.broker().terminate();
                    stage.broker().start();
                });
    }

    @Test
    void brokerIsKilled(Stage stage) throws Exception {
        stage.endures(
                "kill -9 of the broker",
                () -> {
                    Thread.sleep(stage.random().nextInt(A_WHILE_MILLIS));
                    stage.broker().kill();
                    stage.broker().start();
                    Thread.sleep(stage.random().nextInt(A_WHILE_MILLIS));
                    stage.broker().kill();
                    Thread.sleep(A_WHILE_MILLIS);
                    stage.broker().start();
                });
    }

    @Test
    void brokerRefusesIngest(Stage stage) throws Exception {
        stage.endures("the broker refuses ingest", Trouble.REFUSED, 1, LONG_MILLIS, way(stage));
    }

    @Test
    void ingestIsCutFromTheBroker(Stage stage) throws Exception {
        stage.endures("cut: ingest and broker", Trouble.CUT, 1, LONG_MILLIS, way(stage));
    }

    @Test
    void connectionsToTheBrokerAreReset(Stage stage) throws Exception {
        stage.endures(
                "connections to the broker are reset",
                Trouble.RESET,
                0.05,
                LONG_MILLIS,
                way(stage));
    }

    private static List<FaultyLink> way(Stage stage) {
        return List.of(stage.broker().link());
    }
}
