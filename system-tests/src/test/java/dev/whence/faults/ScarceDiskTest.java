package dev.whence.faults;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The disks of the blocks of the index are full, or take nothing any more. */
@Faults
class ScarceDiskTest {
    private static final int MEBIBYTES = 64;
    private static final int LASTS_MILLIS = 15_000;

    private static SmallDisk ofIndexer;
    private static SmallDisk ofQuery;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.start("ingest");
        ofIndexer = SmallDisk.at(stage.nextCache().getParent(), MEBIBYTES);
        stage.start("indexer");
        // The lock, which is held open, lies beside the blocks.
        ofQuery = SmallDisk.at(stage.nextCache().resolve("blocks"), MEBIBYTES);
        stage.startQuery();
    }

    @AfterAll
    static void close() throws Exception {
        if (ofQuery != null) {
            ofQuery.close();
        }
        if (ofIndexer != null) {
            ofIndexer.close();
        }
    }

    @Test
    void queryCacheIsFull(Stage stage) throws Exception {
        endureFull(stage, "disk full: query cache", ofQuery);
    }

    @Test
    void queryCacheIsReadOnly(Stage stage) throws Exception {
        stage.endures(
                "disk read-only: query cache",
                () -> {
                    ofQuery.makeReadOnly();
                    Thread.sleep(LASTS_MILLIS);
                    ofQuery.makeWritable();
                });
    }

    @Test
    void queryIsKilledWhileItsCacheIsFull(Stage stage) throws Exception {
        stage.endures(
                "disk full: query cache, and kill -9",
                () -> {
                    ofQuery.fill();
                    stage.one("query").kill();
                    Thread.sleep(LASTS_MILLIS);
                    ofQuery.free();
                });
    }

    @Test
    void indexerCacheIsFull(Stage stage) throws Exception {
        endureFull(stage, "disk full: indexer cache", ofIndexer);
    }

    private static void endureFull(Stage stage, String fault, SmallDisk disk) throws Exception {
        stage.endures(
                fault,
                () -> {
                    disk.fill();
                    Thread.sleep(LASTS_MILLIS);
                    disk.free();
                });
    }
}
