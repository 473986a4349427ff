package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

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
        stage.endures("S3 refuses connections", Trouble.REFUSED, 1, LASTS_MILLIS, stage.ways());
    }

    @Test
    void storeIsSlow(Stage stage) throws Exception {
        endureOnSomeRequests(stage, "S3 is slow", Trouble.SLOW, 1);
    }

    @Test
    void storeSaysToSlowDown(Stage stage) throws Exception {
        endureOnSomeRequests(stage, "S3 answers 503 SlowDown to half", Trouble.THROTTLED, 0.5);
    }

    @Test
    void storeSaysNothingButToSlowDown(Stage stage) throws Exception {
        endureOnSomeRequests(stage, "S3 answers nothing but 503 SlowDown", Trouble.THROTTLED, 1);
    }

    @Test
    void storeCutsAnswersShort(Stage stage) throws Exception {
        endureOnSomeRequests(
                stage, "S3 cuts a third of its answers short", Trouble.CUT_SHORT, 0.33);
    }

    @Test
    void storeReturnsWrongBytes(Stage stage) throws Exception {
        endureOnSomeRequests(stage, "S3 returns a wrong bit in a third", Trouble.WRONG_BYTES, 0.33);
    }

    @Test
    void connectionsToTheStoreAreReset(Stage stage) throws Exception {
        endureOnSomeRequests(stage, "connections to S3 are reset, a third", Trouble.RESET, 0.33);
    }

    private static void endureOnSomeRequests(
            Stage stage, String fault, Trouble trouble, double share) throws Exception {
        long before = met(stage);
        stage.endures(fault, trouble, share, LASTS_MILLIS, stage.ways());
        assertThat(met(stage)).as("requests that met it").isGreaterThan(before);
    }

    private static long met(Stage stage) {
        return stage.ways().stream().mapToLong(FaultyLink::met).sum();
    }
}
