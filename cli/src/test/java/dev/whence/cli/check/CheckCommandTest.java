package dev.whence.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.cli.Run;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {
    @TempDir Path directory;

    @Test
    void saysWhatWasReadAndWhatIsWrong() throws Exception {
        Path root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            LittleStore little =
                    new LittleStore(store, directory)
                            .dataset("d", List.of("http://a.example/", "http://b.example/"), 10);
            little.counts.get(0).put("a.example", 3L);
            little.publish();
        }
        Run run = Run.of("check", "--store", root.toUri().toString());
        assertThat(run.lines())
                .containsExactly(
                        "table: dataset 0 'd' has 2 URLs, the index counts 4",
                        "dataset 0 'd', domain a.example: the index counts 3 URLs, the lake holds 1",
                        "version 1: read 3 blocks, 2 domains, 2 counts; 1 Parquet files with 2 rows",
                        "2 findings");
        assertThat(run.exitCode()).isEqualTo(3);
    }

    @Test
    void isContentWithWhatIsRight() throws Exception {
        Path root = directory.resolve("store");
        try (ObjectStore store = ObjectStores.directory(root)) {
            new LittleStore(store, directory)
                    .dataset("d", List.of("http://a.example/"), 10)
                    .publish();
        }
        Files.writeString(
                directory.resolve("standalone.json"),
                "{\"store_location\": \"" + root.toUri() + "\"}");
        Run run = Run.of("check", "--data", directory.toString(), "--sample", "5");
        assertThat(run.out()).endsWith("nothing is wrong\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysThatThereIsNothingToCheck() {
        String store = directory.resolve("store").toUri().toString();
        Run empty = Run.of("check", "--store", store);
        assertThat(empty.exitCode()).isEqualTo(2);
        assertThat(empty.err()).contains("there is no version yet");
        assertThat(Run.of("check", "--store", store, "--version", "9").err())
                .contains("there is no version 9");
        assertThat(Run.of("check", "--store", "ftp://x").exitCode()).isEqualTo(1);
        assertThat(Run.of("check", "--store", store, "--sample", "0").exitCode()).isEqualTo(1);
    }
}
