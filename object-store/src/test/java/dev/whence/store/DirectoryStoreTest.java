package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryStoreTest extends ObjectStoreContract {

    @TempDir Path parent;

    @Override
    ObjectStore openEmpty() {
        return ObjectStores.directory(root());
    }

    @Override
    int races() {
        return 100;
    }

    private Path root() {
        return parent.resolve("made/on/opening");
    }

    @Test
    void keepsEachObjectAsAFileUnderItsKey() throws Exception {
        store.put("urls/dataset_id=1/part-a.parquet", ObjectBody.of(bytes("rows")));
        Path file = root().resolve("urls/dataset_id=1/part-a.parquet");
        assertThat(file).hasContent("rows");
        assertThat(store.location("urls/dataset_id=1/part-a.parquet")).isEqualTo(file.toUri());
    }

    @Test
    void neverShowsWhatAKilledWriterLeftBehind() throws Exception {
        Path incoming = Files.createDirectory(root().resolve(".incoming"));
        Files.writeString(incoming.resolve("0-0.part"), "half of an ob");
        store.put("a", ObjectBody.of(bytes("x")));
        assertThat(keys("")).containsExactly("a");
        assertThat(keys(".")).isEmpty();
        try (Stream<Path> files = Files.list(incoming)) {
            assertThat(files).as("its own are gone").hasSize(1);
        }
    }

    @Test
    void deletesWhatAKilledWriterLeftADayAgo() throws Exception {
        Path incoming = Files.createDirectory(root().resolve(".incoming"));
        Path old = Files.writeString(incoming.resolve("0-0.part"), "half of an ob");
        Path young = Files.writeString(incoming.resolve("0-1.part"), "half of an ob");
        Path foreign = Files.writeString(incoming.resolve("notes"), "not ours");
        Instant now = Instant.now();
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofHours(23))));
        Files.setLastModifiedTime(foreign, FileTime.from(now.minus(Duration.ofDays(9))));
        ObjectStores.directory(root()).close();
        try (Stream<Path> files = Files.list(incoming)) {
            assertThat(files).containsExactlyInAnyOrder(young, foreign);
        }
    }

    @Test
    void letsOneOfTwoProcessesPutAnAbsentObject() throws Exception {
        try (ObjectStore other = ObjectStores.directory(root());
                var threads = Executors.newFixedThreadPool(2)) {
            for (int race = 0; race < 100; race++) {
                String key = "race-%d/only".formatted(race);
                CyclicBarrier together = new CyclicBarrier(2);
                List<Callable<PutResult>> puts = new ArrayList<>();
                for (ObjectStore one : List.of(store, other)) {
                    puts.add(() -> {
                        together.await();
                        return one.putIfAbsent(key, ObjectBody.of(bytes("x")));
                    });
                }
                List<PutResult> results = new ArrayList<>();
                for (Future<PutResult> put : threads.invokeAll(puts)) {
                    results.add(put.get());
                }
                assertThat(results)
                        .containsExactlyInAnyOrder(PutResult.CREATED, PutResult.ALREADY_EXISTS);
            }
        }
    }

    @Test
    void putsAndDeletesInOneFolderAtTheSameTime() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < 4; writer++) {
                String key = "deep/folder/of/writer-" + writer;
                writers.add(
                        threads.submit(() -> {
                            for (int round = 0; round < 200; round++) {
                                store.put(key, ObjectBody.of(bytes("x")));
                                store.delete(key);
                            }
                            return null;
                        }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        assertThat(keys("")).isEmpty();
        assertThat(root().resolve("deep")).as("empty folders go").doesNotExist();
    }

    @Test
    void copiesByASecondNameWithoutMovingAByte() throws Exception {
        store.put("a", ObjectBody.of(bytes("rows")));
        FileTime then = FileTime.from(Instant.parse("2024-06-14T00:00:00Z"));
        Files.setLastModifiedTime(root().resolve("a"), then);
        store.copyIfAbsent("a", "folder/b");
        Path copy = root().resolve("folder/b");
        assertThat(Files.isSameFile(root().resolve("a"), copy)).isTrue();
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(then);
        store.put("a", ObjectBody.of(bytes("put again")));
        assertThat(copy).as("a put never changes a file, it makes another").hasContent("rows");
    }

    @Test
    void copiesWhatASymbolicLinkPointsTo() throws Exception {
        Files.writeString(parent.resolve("elsewhere"), "rows");
        Files.createSymbolicLink(root().resolve("a"), Path.of("../../../elsewhere"));
        store.copyIfAbsent("a", "deep/folder/b");
        assertThat(root().resolve("deep/folder/b")).hasContent("rows");
        store.delete("a");
        assertThat(parent.resolve("elsewhere")).hasContent("rows");
        assertThat(store.get("deep/folder/b")).isEqualTo(bytes("rows"));
    }

    @Test
    void leavesNoTraceOfAReader() throws Exception {
        Path folder = Files.createDirectory(parent.resolve("theirs"));
        Files.writeString(folder.resolve("a"), "x");
        try (ObjectStore reader = ObjectStores.directory(folder)) {
            assertThat(reader.get("a")).isEqualTo(bytes("x"));
            reader.list("").close();
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(folder.resolve("a"));
        }
    }

    @Test
    void saysThatADirectoryCannotBeMade() throws Exception {
        Path file = Files.writeString(parent.resolve("file"), "x");
        assertThatThrownBy(() -> ObjectStores.directory(file.resolve("below")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    @Tag("slow")
    void keepsEveryObjectWholeOverKills() throws Exception {
        long seed = Long.getLong("seed", 20_260_101L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        List<String> confirmed = new ArrayList<>();
        for (int kill = 0; kill < 5; kill++) {
            confirmed.addAll(writeUntilKilled("round-" + kill, 1 + random.nextInt(60)));
        }
        assertThat(keys("")).containsAll(confirmed);
        for (String key : keys("")) {
            assertThat(store.get(key)).as(key).isEqualTo(DirectoryWriter.contentOf(key));
        }
    }

    /** Returns the keys that the killed process had confirmed. */
    private List<String> writeUntilKilled(String folder, int puts)
            throws IOException, InterruptedException {
        Process writer =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx64m",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                DirectoryWriter.class.getName(),
                                root().toString(),
                                folder)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        List<String> confirmed = new ArrayList<>();
        try (BufferedReader lines = writer.inputReader()) {
            while (confirmed.size() < puts) {
                String line = lines.readLine();
                assertThat(line).as("a confirmed key").isNotNull();
                confirmed.add(line);
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return confirmed;
    }
}
