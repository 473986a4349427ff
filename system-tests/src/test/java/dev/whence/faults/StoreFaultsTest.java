package dev.whence.faults;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What S3 does on bad days, to all three services at once. */
@Faults
class StoreFaultsTest {
    private static final int LASTS_MILLIS = 15_000;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.startOneOfEach();
    }

    @Test
    void storeRefusesConnections(Stage stage) throws Exception {
        var signs = new ArrayList<Sign>();
        for (Service service : stage.all()) {
            // What is refused never comes to the link: the service must tell of it.
            signs.add(
                    Sign.counted(
                            service,
                            "failed requests of " + service,
                            "whence_store_failures_total"));
        }
        stage.endures(
                new Fault("S3 refuses connections for 15 s", Within.STORE, signs),
                () -> Trouble.REFUSED.happen(1, LASTS_MILLIS, stage.ways()));
    }

    @Test
    void storeIsSlow(Stage stage) throws Exception {
        endure(stage, "S3 is slow: 150 ms a turn, 300 kB/s", Trouble.SLOW, 1);
    }

    @Test
    void storeSaysToSlowDown(Stage stage) throws Exception {
        endure(stage, "half of all requests get `503 SlowDown`", Trouble.THROTTLED, 0.5);
    }

    @Test
    void storeSaysNothingButToSlowDown(Stage stage) throws Exception {
        endure(stage, "all requests get `503 SlowDown`", Trouble.THROTTLED, 1);
    }

    @Test
    void storeCutsAnswersShort(Stage stage) throws Exception {
        endure(stage, "a third of S3's answers end in their midst", Trouble.CUT_SHORT, 0.33);
    }

    /** Ingest reads nothing but when it begins, so it begins anew. */
    @Test
    void storeReturnsWrongBytes(Stage stage) throws Exception {
        Service ingest = stage.one("ingest");
        stage.endures(
                new Fault(
                        "a bit is another in a third of S3's answers, and ingest begins anew",
                        Within.START,
                        onEachWay(stage)),
                () -> {
                    ingest.kill();
                    Trouble.WRONG_BYTES.happen(0.33, 2 * LASTS_MILLIS, stage.ways());
                });
    }

    @Test
    void connectionsToTheStoreAreReset(Stage stage) throws Exception {
        endure(stage, "a third of the connections to S3 are reset", Trouble.RESET, 0.33);
    }

    private static void endure(Stage stage, String name, Trouble trouble, double share)
            throws Exception {
        stage.endures(
                new Fault(name, Within.STORE, onEachWay(stage)),
                () -> trouble.happen(share, LASTS_MILLIS, stage.ways()));
    }

    private static List<Sign> onEachWay(Stage stage) {
        return stage.ways().stream().map(Sign::of).toList();
    }
}
