package dev.whence.faults;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service and the store do not hear each other, until what was under way arrives late: puts of
 * which the service does not know any more among it. Between ingest and the broker it is {@link
 * BrokerFaultsTest}'s.
 */
@Faults
class CutNetworkTest {
    /** Longer than the silence after which a request is given up. */
    private static final int LASTS_MILLIS = 35_000;

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
    void ingestIsCutFromTheStore() throws Exception {
        endureCutOf("ingest");
    }

    @Test
    void indexerIsCutFromTheStore() throws Exception {
        endureCutOf("indexer");
    }

    @Test
    void queryIsCutFromTheStore() throws Exception {
        endureCutOf("query");
    }

    @Test
    void allAreCutFromEverything() throws Exception {
        List<FaultyLink> links =
                Stream.concat(stage.ways().stream(), Stream.of(stage.broker().link())).toList();
        stage.endures(
                "cut: all services from broker and store", Trouble.CUT, 1, LASTS_MILLIS, links);
    }

    private static void endureCutOf(String service) throws Exception {
        stage.endures(
                "cut: %s and store".formatted(service),
                Trouble.CUT,
                1,
                LASTS_MILLIS,
                List.of(stage.one(service).store()));
    }
}
