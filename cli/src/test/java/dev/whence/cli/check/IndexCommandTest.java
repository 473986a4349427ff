package dev.whence.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.catalog.Instruction;
import dev.whence.catalog.InstructionLog;
import dev.whence.cli.Run;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without an indexer: an instruction stays in the store, and says so. */
class IndexCommandTest {
    @TempDir Path directory;

    private Path root;

    @BeforeEach
    void publishAVersion() throws Exception {
        root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            new LittleStore(store, directory)
                    .dataset("d", List.of("http://a.example/"), 10)
                    .publish();
        }
    }

    @Test
    void anInstructionThatNobodyTakesInStaysInTheStore() throws IOException {
        Run run = run("rollback", "1", "--dataset", "d", "--reason", "a test", "--timeout", "1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("instruction 1 is in the store").contains("do not give it");
        try (ObjectStore store = ObjectStores.directory(root)) {
            Instruction given = new InstructionLog(store).read(1).orElseThrow();
            assertThat(given.kind()).isEqualTo(Instruction.Kind.ROLLBACK);
            assertThat(given.version()).isEqualTo(1);
            assertThat(given.datasetId()).isZero();
            assertThat(given.reason()).isEqualTo("a test");
        }
    }

    @Test
    void givesNothingWhenTheCommandLineIsWrong() throws IOException {
        for (String[] wrong :
                new String[][] {
                    {"rollback", "1", "--reason", "x"},
                    {"rollback", "1", "--reason", "x", "--all", "--dataset", "d"},
                    {"rollback", "1", "--all"},
                    {"pin", "0"},
                    {"pin", "1", "--timeout", "0"},
                    {"pin", "1", "--reason", "x".repeat(1_001)},
                    {"pin"}
                }) {
            assertThat(run(wrong).exitCode()).as(Arrays.toString(wrong)).isEqualTo(1);
        }
        assertThat(run("rollback", "1", "--dataset", "e", "--reason", "x").err())
                .contains("there is no dataset 'e'");
        try (ObjectStore store = ObjectStores.directory(root)) {
            assertThat(new InstructionLog(store).read(1)).isEmpty();
        }
    }

    @Test
    void printsNoOperationsBeforeTheFirst() {
        assertThat(run("operations").lines()).containsExactly("WHAT  VERSION  TO  DATASET");
    }

    private Run run(String... arguments) {
        var all = new ArrayList<>(List.of("index"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--store", root.toUri().toString()));
        return Run.of(all.toArray(String[]::new));
    }
}
