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
                feltByIngest(stage, "restart of the broker"),
                () -> {
                    Thread.sleep(A_WHILE_MILLIS);
                    stage.broker().terminate();
                    stage.broker().start();
                });
    }

    @Test
    void brokerIsKilled(Stage stage) throws Exception {
        stage.endures(
                feltByIngest(stage, "kill -9 of the broker, twice"),
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
        endure(stage, "the broker refuses ingest for 25 s", Trouble.REFUSED, 1);
    }

    @Test
    void ingestIsCutFromTheBroker(Stage stage) throws Exception {
        endure(stage, "ingest and broker cut for 25 s", Trouble.CUT, 1);
    }

    @Test
    void connectionsToTheBrokerAreReset(Stage stage) throws Exception {
        endure(stage, "one request of twenty to the broker is reset, 25 s", Trouble.RESET, 0.05);
    }

    private static void endure(Stage stage, String name, Trouble trouble, double share)
            throws Exception {
        stage.endures(
                feltByIngest(stage, name),
                () -> trouble.happen(share, LONG_MILLIS, List.of(way(stage))));
    }

    private static Fault feltByIngest(Stage stage, String name) {
        return new Fault(name, Within.BROKER, List.of(Sign.of(way(stage))));
    }

    private static FaultyLink way(Stage stage) {
        return stage.broker().link(0);
    }
}
