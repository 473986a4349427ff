package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every store promises; each has a subclass that opens an empty one. */
abstract class ObjectStoreContract extends ObjectStoreKeysContract {

    /** How often writers race; fewer times where a try is slow. */
    abstract int races();

    @Test
    final void readsBackWhatWasPut() throws Exception {
        Instant before = Instant.now().minus(Duration.ofSeconds(5));
        store.put("a/b.bin", ObjectBody.of(bytes("content")));
        assertThat(store.get("a/b.bin")).isEqualTo(bytes("content"));
        ObjectInfo info = store.head("a/b.bin");
        assertThat(info.key()).isEqualTo("a/b.bin");
        assertThat(info.bytes()).isEqualTo(7);
        assertThat(info.lastModified()).isBetween(before, Instant.now().plusSeconds(5));
        try (InputStream stream = store.open("a/b.bin")) {
            assertThat(stream.readAllBytes()).isEqualTo(bytes("content"));
        }
    }

    @Test
    final void keepsAnEmptyObject() throws Exception {
        assertThat(store.putIfAbsent("empty", ObjectBody.of(new byte[0])))
                .isEqualTo(PutResult.CREATED);
        assertThat(store.head("empty").bytes()).isZero();
        assertThat(store.get("empty")).isEmpty();
        assertThat(store.getRange("empty", 0, 0)).isEmpty();
        store.download("empty", local.resolve("empty"));
        assertThat(local.resolve("empty")).isEmptyFile();
        assertThatThrownBy(() -> store.getRange("empty", 0, 1))
                .isInstanceOf(RangeNotSatisfiableException.class);
    }

    @Test
    final void readsEveryRangeOfASmallObject() throws Exception {
        byte[] content = bytes("0123456789");
        store.put("digits", ObjectBody.of(content));
        for (int offset = 0; offset <= content.length; offset++) {
            for (int length = 0; offset + length <= content.length; length++) {
                assertThat(store.getRange("digits", offset, length))
                        .as("%d bytes from %d", length, offset)
                        .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
            }
        }
    }

    @Test
    final void refusesARangeThatReachesBeyondTheEnd() throws Exception {
        store.put("digits", ObjectBody.of(bytes("0123456789")));
        long[][] beyond = {{0, 11}, {9, 2}, {10, 1}, {11, 0}, {11, 1}, {1L << 40, 5}};
        for (long[] range : beyond) {
            assertThatThrownBy(() -> store.getRange("digits", range[0], (int) range[1]))
                    .as("%d bytes from %d", range[1], range[0])
                    .isInstanceOf(RangeNotSatisfiableException.class)
                    .hasMessageContaining("digits")
                    .extracting(e -> ((ObjectStoreException) e).key())
                    .isEqualTo("digits");
        }
        assertThatIllegalArgumentException().isThrownBy(() -> store.getRange("digits", -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> store.getRange("digits", 0, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.getRange("digits", Long.MAX_VALUE, 1));
    }

    @Test
    final void namesAnObjectThatIsNotThere() throws Exception {
        store.put("folder/object", ObjectBody.of(bytes("x")));
        for (String key : List.of("absent", "folder", "folder/other", "folder/object/below")) {
            List<Callable<Object>> reads =
                    List.of(
                            () -> store.head(key),
                            () -> store.get(key),
                            () -> store.getRange(key, 0, 1),
                            () -> store.getRange(key, 0, 0),
                            () -> store.open(key),
                            () -> {
                                store.download(key, local.resolve("none"));
                                return null;
                            });
            for (Callable<Object> read : reads) {
                assertThatThrownBy(read::call)
                        .isInstanceOf(ObjectNotFoundException.class)
                        .hasMessageContaining(key);
            }
        }
        try (Stream<Path> files = Files.list(local)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    final void putsOverWhatIsThere() throws Exception {
        store.put("hint", ObjectBody.of(bytes("a longer content")));
        store.put("hint", ObjectBody.of(bytes("short")));
        assertThat(store.get("hint")).isEqualTo(bytes("short"));
        assertThat(store.head("hint").bytes()).isEqualTo(5);
        assertThat(keys("")).containsExactly("hint");
    }

    @Test
    final void putsOnlyWhatIsAbsent() throws Exception {
        assertThat(store.putIfAbsent("log/1", ObjectBody.of(bytes("first"))))
                .isEqualTo(PutResult.CREATED);
        assertThat(store.putIfAbsent("log/1", ObjectBody.of(bytes("second"))))
                .isEqualTo(PutResult.ALREADY_EXISTS);
        assertThat(store.putIfAbsent("log/1", ObjectBody.of(bytes("first"))))
                .as("the same bytes are still another's put")
                .isEqualTo(PutResult.ALREADY_EXISTS);
        assertThat(store.get("log/1")).isEqualTo(bytes("first"));
        store.delete("log/1");
        assertThat(store.putIfAbsent("log/1", ObjectBody.of(bytes("third"))))
                .isEqualTo(PutResult.CREATED);
        assertThat(store.get("log/1")).isEqualTo(bytes("third"));
    }

    @Test
    final void copiesOnlyToWhereNothingIs() throws Exception {
        store.put("staging/1", ObjectBody.of(bytes("rows")));
        assertThat(store.copyIfAbsent("staging/1", "new/folder/part")).isEqualTo(PutResult.CREATED);
        assertThat(store.copyIfAbsent("staging/1", "new/folder/part"))
                .as("the same bytes are still another's copy")
                .isEqualTo(PutResult.ALREADY_EXISTS);
        store.put("staging/1", ObjectBody.of(bytes("put again")));
        assertThat(store.copyIfAbsent("staging/1", "new/folder/part"))
                .isEqualTo(PutResult.ALREADY_EXISTS);
        assertThat(store.get("new/folder/part")).isEqualTo(bytes("rows"));
        store.delete("staging/1");
        assertThat(store.get("new/folder/part")).isEqualTo(bytes("rows"));
        assertThat(store.copyIfAbsent("staging/1", "new/folder/part"))
                .as("nobody asks for what is not needed")
                .isEqualTo(PutResult.ALREADY_EXISTS);
        assertThat(keys("")).containsExactly("new/folder/part");
    }

    @Test
    final void copiesNothingFromWhereNothingIs() throws Exception {
        store.put("a/b", ObjectBody.of(bytes("x")));
        for (String absent : List.of("absent", "a", "a/b/c")) {
            assertThatThrownBy(() -> store.copyIfAbsent(absent, "copy"))
                    .as(absent)
                    .isInstanceOf(ObjectNotFoundException.class)
                    .hasMessageContaining(absent);
        }
        for (String folder : List.of("a", "a/b/c")) {
            assertThatThrownBy(() -> store.copyIfAbsent("a/b", folder))
                    .as(folder)
                    .isInstanceOf(ObjectStoreException.class)
                    .isNotInstanceOf(UnknownOutcomeException.class);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> store.copyIfAbsent("a/b", "../b"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.copyIfAbsent("../b", "copy"));
        assertThat(keys("")).containsExactly("a/b");
    }

    @Test
    final void letsExactlyOneOfRacingCopiersCopy() throws Exception {
        int copiers = 4;
        for (int copier = 0; copier < copiers; copier++) {
            store.put("from/" + copier, ObjectBody.of(contentOf(copier)));
        }
        try (var threads = Executors.newFixedThreadPool(copiers)) {
            for (int race = 0; race < Math.min(races(), 20); race++) {
                String to = "to-%d/copy".formatted(race);
                CyclicBarrier together = new CyclicBarrier(copiers);
                List<Callable<PutResult>> copies = new ArrayList<>();
                for (int copier = 0; copier < copiers; copier++) {
                    String from = "from/" + copier;
                    copies.add(() -> {
                        together.await();
                        return store.copyIfAbsent(from, to);
                    });
                }
                List<byte[]> created = new ArrayList<>();
                List<Future<PutResult>> results = threads.invokeAll(copies);
                for (int copier = 0; copier < copiers; copier++) {
                    if (results.get(copier).get() == PutResult.CREATED) {
                        created.add(contentOf(copier));
                    }
                }
                assertThat(created).as(to).hasSize(1);
                assertThat(store.get(to)).as(to).isEqualTo(created.getFirst());
            }
        }
    }

    @Test
    final void letsExactlyOneOfRacingWritersPutAnAbsentObject() throws Exception {
        int writers = 8;
        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (int race = 0; race < races(); race++) {
                String key = "chain/%020d.json".formatted(race);
                CyclicBarrier together = new CyclicBarrier(writers);
                List<Callable<PutResult>> puts = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    ObjectBody body = ObjectBody.of(contentOf(writer));
                    puts.add(() -> {
                        together.await();
                        return store.putIfAbsent(key, body);
                    });
                }
                List<Future<PutResult>> results = threads.invokeAll(puts);
                List<byte[]> created = new ArrayList<>();
                for (int writer = 0; writer < writers; writer++) {
                    if (results.get(writer).get() == PutResult.CREATED) {
                        created.add(contentOf(writer));
                    }
                }
                assertThat(created).as(key).hasSize(1);
                assertThat(store.get(key)).as(key).isEqualTo(created.getFirst());
            }
        }
    }

    @Test
    final void showsReadersOneWholeContentOrAnotherWhileItIsPutAgain() throws Exception {
        int rounds = 50;
        store.put("hint", ObjectBody.of(contentOf(0)));
        try (var threads = Executors.newFixedThreadPool(2)) {
            Future<?> writer =
                    threads.submit(() -> {
                        for (int round = 1; round <= rounds; round++) {
                            store.put("hint", ObjectBody.of(contentOf(round % 8)));
                        }
                        return null;
                    });
            while (!writer.isDone()) {
                byte[] seen = store.get("hint");
                assertThat(seen).isEqualTo(contentOf(seen[0]));
                assertThat(keys("")).containsExactly("hint");
            }
            writer.get();
        }
    }

    @Test
    final void deletesAndDoesNothingIfThereIsNone() throws Exception {
        store.put("a/b/c", ObjectBody.of(bytes("x")));
        store.put("a/d", ObjectBody.of(bytes("y")));
        store.delete("a/b/c");
        store.delete("a/b/c");
        store.delete("never/there");
        store.delete("a");
        assertThat(keys("")).containsExactly("a/d");
        store.put("a/b", ObjectBody.of(bytes("an object where a folder was")));
        assertThat(keys("")).containsExactly("a/b", "a/d");
    }

    @Test
    final void refusesAKeyThatIsAFolderOfOthers() throws Exception {
        store.put("a/b", ObjectBody.of(bytes("x")));
        for (String key : List.of("a", "a/b/c", "a/b/c/d")) {
            assertThatThrownBy(() -> store.put(key, ObjectBody.of(bytes("y"))))
                    .as(key)
                    .isInstanceOf(ObjectStoreException.class)
                    .isNotInstanceOf(UnknownOutcomeException.class);
            assertThatThrownBy(() -> store.putIfAbsent(key, ObjectBody.of(bytes("y"))))
                    .as(key)
                    .isInstanceOf(ObjectStoreException.class)
                    .isNotInstanceOf(UnknownOutcomeException.class);
        }
        assertThat(keys("")).containsExactly("a/b");
        assertThat(store.get("a/b")).isEqualTo(bytes("x"));
    }

    @Test
    final void movesBigObjectsByteForByte() throws Exception {
        System.out.println("seed " + SEED);
        byte[] content = new byte[20 << 20];
        new Random(SEED).nextBytes(content);
        Path source = local.resolve("source");
        Files.write(source, content);

        store.put("big/from-file", ObjectBody.of(source));
        assertThat(store.putIfAbsent("big/from-memory", ObjectBody.of(content)))
                .isEqualTo(PutResult.CREATED);

        assertThat(store.head("big/from-file").bytes()).isEqualTo(content.length);
        assertThat(store.copyIfAbsent("big/from-file", "big/copy")).isEqualTo(PutResult.CREATED);
        assertThat(Arrays.equals(store.get("big/copy"), content)).isTrue();
        assertThat(Arrays.equals(store.get("big/from-memory"), content)).isTrue();
        Path target = local.resolve("target");
        Files.writeString(target, "what was there before");
        store.download("big/from-file", target);
        assertThat(Files.mismatch(source, target)).isEqualTo(-1);
        int at = 13_000_001;
        assertThat(store.getRange("big/from-file", at, 70_000))
                .isEqualTo(Arrays.copyOfRange(content, at, at + 70_000));
        try (InputStream stream = store.open("big/from-file")) {
            assertThat(stream.readNBytes(100)).isEqualTo(Arrays.copyOf(content, 100));
            // Closed with nearly all of it unread.
        }
        try (Stream<Path> files = Files.list(local)) {
            assertThat(files).containsExactlyInAnyOrder(source, target);
        }
    }

    @Test
    final void failsADownloadIntoAFolderThatIsNotThere() throws Exception {
        store.put("a", ObjectBody.of(bytes("x")));
        assertThatThrownBy(() -> store.download("a", local.resolve("none").resolve("file")))
                .isInstanceOf(ObjectStoreException.class)
                .isNotInstanceOf(ObjectNotFoundException.class);
    }

    @Test
    final void failsToPutAFileThatIsNotThere() throws Exception {
        Path none = local.resolve("none");
        assertThatThrownBy(() -> store.put("a", ObjectBody.of(none)))
                .isInstanceOf(ObjectStoreException.class)
                .isNotInstanceOf(UnknownOutcomeException.class);
        assertThat(keys("")).isEmpty();
    }

    /** Some kilobytes that all say whose they are. */
    private static byte[] contentOf(int writer) {
        byte[] content = new byte[5_000 + 3_000 * writer];
        Arrays.fill(content, (byte) writer);
        return content;
    }
}
