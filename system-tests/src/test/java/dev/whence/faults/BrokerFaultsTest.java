package dev.whence.faults;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker ends, well or badly, or ingest does not reach it. */
@Faults
class BrokerFaultsTest {
    private static final int A_WHILE_MILLIS = 5_000;

    /** Longer than the session after which the group gives partitions away. */
    private static final int LONG_MILLIS = 25_000;

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
    void brokerIsRestarted() throws Exception {
        stage.endures(
                "restart of the broker",
                () -> {
                    Thread.sleep(A_WHILE_MILLIS);
                    stage.broker().terminate();
                    stage.broker().start();
                });
    }

    @Test
    void brokerIsKilled() throws Exception {
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
    void brokerRefusesIngest() throws Exception {
        stage.endures("the broker refuses ingest", Trouble.REFUSED, 1, LONG_MILLIS, way());
    }

    @Test
    void ingestIsCutFromTheBroker() throws Exception {
        stage.endures("cut: ingest and broker", Trouble.CUT, 1, LONG_MILLIS, way());
    }

    @Test
    void connectionsToTheBrokerAreReset() throws Exception {
        stage.endures(
                "connections to the broker are reset", Trouble.RESET, 0.05, LONG_MILLIS, way());
    }

    private static List<FaultyLink> way() {
        return List.of(stage.broker().link());
    }
}
