package dev.whence.faults;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The disks that services work on are full, or take nothing any more. */
@Faults
class ScarceDiskTest {
    private static final int MEBIBYTES = 64;
    private static final int LASTS_MILLIS = 15_000;
    private static final String FULL = "No space left on device";

    /** Query may see that there is no room before it fetches. */
    private static final String NOT_FETCHED = "cannot follow versions";

    private static final String READ_ONLY = "Read-only file system";

    private static SmallDisk ofIngest;
    private static SmallDisk ofIndexer;
    private static SmallDisk ofQuery;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        ofIngest = SmallDisk.at(stage.nextDisk("ingest"), MEBIBYTES);
        stage.start("ingest");
        ofIndexer = SmallDisk.at(stage.nextDisk("indexer"), MEBIBYTES);
        stage.start("indexer");
        // The lock, which is held open, lies beside the blocks.
        ofQuery = SmallDisk.at(stage.nextDisk("query").resolve("cache/blocks"), MEBIBYTES);
        stage.startQuery();
    }

    @AfterAll
    static void close() throws Exception {
        for (SmallDisk disk : new SmallDisk[] {ofQuery, ofIndexer, ofIngest}) {
            if (disk != null) {
                disk.close();
            }
        }
    }

    @Test
    void ingestDiskIsFull(Stage stage) throws Exception {
        endureFull(stage, "ingest", "files on their way", ofIngest, FULL);
    }

    @Test
    void indexerCacheIsFull(Stage stage) throws Exception {
        endureFull(stage, "indexer", "blocks", ofIndexer, FULL);
    }

    @Test
    void queryCacheIsFull(Stage stage) throws Exception {
        endureFull(stage, "query", "blocks", ofQuery, NOT_FETCHED);
    }

    @Test
    void queryCacheIsReadOnly(Stage stage) throws Exception {
        stage.endures(
                new Fault(
                        "the disk of query's blocks is read-only for 15 s",
                        Within.STORE,
                        List.of(Sign.printed(stage.one("query"), READ_ONLY))),
                () -> {
                    ofQuery.makeReadOnly();
                    Thread.sleep(LASTS_MILLIS);
                    ofQuery.makeWritable();
                });
    }

    @Test
    void queryIsKilledWhileItsCacheIsFull(Stage stage) throws Exception {
        Service query = stage.one("query");
        stage.endures(
                new Fault(
                        "the disk of query's blocks is full, and kill -9",
                        Within.START,
                        List.of(Sign.ended(query), Sign.printed(query, NOT_FETCHED))),
                () -> {
                    query.signs().awaitWork();
                    ofQuery.fill();
                    query.kill();
                    Thread.sleep(LASTS_MILLIS);
                    ofQuery.free();
                });
    }

    private static void endureFull(
            Stage stage, String service, String files, SmallDisk disk, String said)
            throws Exception {
        stage.endures(
                new Fault(
                        "the disk of %s's %s is full for 15 s".formatted(service, files),
                        Within.STORE,
                        List.of(Sign.printed(stage.one(service), said))),
                () -> {
                    disk.fill();
                    Thread.sleep(LASTS_MILLIS);
                    disk.free();
                });
    }
}
