package dev.whence.faults;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disks of the blocks of the index are full, or take nothing any more. */
@Faults
class ScarceDiskTest {
    private static final int MEBIBYTES = 64;
    private static final int LASTS_MILLIS = 15_000;

    @TempDir static Path directory;
    private static SmallDisk ofIndexer;
    private static SmallDisk ofQuery;
    private static Stage stage;

    @BeforeAll
    static void open() throws Exception {
        stage = Stage.open(directory);
        stage.start("ingest");
        ofIndexer = SmallDisk.at(stage.nextCache().getParent(), MEBIBYTES);
        stage.start("indexer");
        // The lock, which is held open, lies beside the blocks.
        ofQuery = SmallDisk.at(stage.nextCache().resolve("blocks"), MEBIBYTES);
        stage.startQuery();
    }

    @AfterAll
    static void close() throws Exception {
        if (stage != null) {
            stage.close();
        }
        if (ofQuery != null) {
            ofQuery.close();
        }
        if (ofIndexer != null) {
            ofIndexer.close();
        }
    }

    @Test
    void queryCacheIsFull() throws Exception {
        endureFull("disk full: query cache", ofQuery);
    }

    @Test
    void queryCacheIsReadOnly() throws Exception {
        stage.endures(
                "disk read-only: query cache",
                () -> {
                    ofQuery.makeReadOnly();
                    Thread.sleep(LASTS_MILLIS);
                    ofQuery.makeWritable();
                });
    }

    @Test
    void queryIsKilledWhileItsCacheIsFull() throws Exception {
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
    void indexerCacheIsFull() throws Exception {
        endureFull("disk full: indexer cache", ofIndexer);
    }

    private static void endureFull(String fault, SmallDisk disk) throws Exception {
        stage.endures(
                fault,
                () -> {
                    disk.fill();
                    Thread.sleep(LASTS_MILLIS);
                    disk.free();
                });
    }
}
