package dev.whence.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What S3 does on bad days, to all three services at once. */
@Faults
class StoreFaultsTest {
    private static final int LASTS_MILLIS = 15_000;

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
    void storeRefusesConnections() throws Exception {
        stage.endures("S3 refuses connections", Trouble.REFUSED, 1, LASTS_MILLIS, stage.ways());
    }

    @Test
    void storeIsSlow() throws Exception {
        endureOnSomeRequests("S3 is slow", Trouble.SLOW, 1);
    }

    @Test
    void storeSaysToSlowDown() throws Exception {
        endureOnSomeRequests("S3 answers 503 SlowDown to half", Trouble.THROTTLED, 0.5);
    }

    @Test
    void storeSaysNothingButToSlowDown() throws Exception {
        endureOnSomeRequests("S3 answers nothing but 503 SlowDown", Trouble.THROTTLED, 1);
    }

    @Test
    void storeCutsAnswersShort() throws Exception {
        endureOnSomeRequests("S3 cuts a third of its answers short", Trouble.CUT_SHORT, 0.33);
    }

    @Test
    void storeReturnsWrongBytes() throws Exception {
        endureOnSomeRequests("S3 returns a wrong bit in a third", Trouble.WRONG_BYTES, 0.33);
    }

    @Test
    void connectionsToTheStoreAreReset() throws Exception {
        endureOnSomeRequests("connections to S3 are reset, a third", Trouble.RESET, 0.33);
    }

    private static void endureOnSomeRequests(String fault, Trouble trouble, double share)
            throws Exception {
        long before = met();
        stage.endures(fault, trouble, share, LASTS_MILLIS, stage.ways());
        assertThat(met()).as("requests that met it").isGreaterThan(before);
    }

    private static long met() {
        return stage.ways().stream().mapToLong(FaultyLink::met).sum();
    }
}
