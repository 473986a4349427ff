package dev.whence.faults;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Heaps too small for what comes: a service waits, says no, or ends and is started again. */
@Faults
class ScarceMemoryTest {
    private static final int MEBIBYTES = Integer.getInteger("heap", 44);
    private static final String HEAP = "-Xmx%dm".formatted(MEBIBYTES);
    private static final int LASTS_MILLIS = 25_000;
    private static final int ASKERS = 16;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.start("ingest", HEAP);
        stage.start("indexer", HEAP);
        stage.startQuery(HEAP);
    }

    @Test
    void servicesRunOutOfMemory(Stage stage) throws Exception {
        stage.endures(
                "heaps of %d MiB under a flood of batches and questions".formatted(MEBIBYTES),
                () -> stage.flood(LASTS_MILLIS, ASKERS));
        for (String service : new String[] {"ingest", "indexer", "query"}) {
            System.out.printf("%s was started %d times%n", service, stage.one(service).starts());
        }
    }
}
