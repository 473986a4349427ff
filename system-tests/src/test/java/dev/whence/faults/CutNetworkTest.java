package dev.whence.faults;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A service and the store do not hear each other, until what was under way arrives late: puts of
 * which the service does not know any more among it. Between ingest and the broker it is {@link
 * BrokerFaultsTest}'s.
 */
@Faults
class CutNetworkTest {
    /** Longer than the silence after which a request is given up. */
    private static final int LASTS_MILLIS = 35_000;

    @BeforeAll
    static void open(Stage stage) throws Exception {
        stage.startOneOfEach();
    }

    @Test
    void ingestIsCutFromTheStore(Stage stage) throws Exception {
        endureCutOf(stage, "ingest");
    }

    @Test
    void indexerIsCutFromTheStore(Stage stage) throws Exception {
        endureCutOf(stage, "indexer");
    }

    @Test
    void queryIsCutFromTheStore(Stage stage) throws Exception {
        endureCutOf(stage, "query");
    }

    @Test
    void allAreCutFromEverything(Stage stage) throws Exception {
        List<FaultyLink> links =
                Stream.concat(stage.ways().stream(), Stream.of(stage.broker().link(0))).toList();
        endureCut(stage, "all services cut from broker and S3 for 35 s", Within.BROKER, links);
    }

    private static void endureCutOf(Stage stage, String service) throws Exception {
        endureCut(
                stage,
                "%s and S3 cut for 35 s, then all arrives late".formatted(service),
                Within.STORE,
                List.of(stage.one(service).store()));
    }

    private static void endureCut(Stage stage, String name, Within within, List<FaultyLink> links)
            throws Exception {
        stage.endures(
                new Fault(name, within, links.stream().map(Sign::of).toList()),
                () -> Trouble.CUT.happen(1, LASTS_MILLIS, links));
    }
}
