package dev.whence.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The part of {@link ObjectStoreContract} that is about keys and listings. */
@Timeout(300)
abstract class ObjectStoreKeysContract {
    static final long SEED = Long.getLong("seed", 20_260_101L);

    @TempDir Path local;

    /** Empty when a test begins. */
    ObjectStore store;

    /** An empty store; the suite closes it. */
    abstract ObjectStore openEmpty() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = openEmpty();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    @Test
    final void listsInKeyOrderWhateverTheOrderOfPuts() throws Exception {
        List<String> sorted =
                List.of(
                        "a!b", "a-b", "a.txt", "a/b", "a/b-c/d", "a/b.c", "a/c/d/e", "a/z", "a0",
                        "a=1/x", "aa", "b", "ä/é", "日本/語");
        List<String> shuffled = new ArrayList<>(sorted);
        System.out.println("seed " + SEED);
        Collections.shuffle(shuffled, new Random(SEED));
        // A folder and an object cannot share a name: "a/b" stands for itself here.
        for (String key : shuffled) {
            store.put(key, ObjectBody.of(bytes(key)));
        }
        assertThat(keys("")).containsExactlyElementsOf(sorted);
        try (Stream<ObjectInfo> objects = store.list("")) {
            assertThat(objects)
                    .allSatisfy(
                            info -> assertThat(info.bytes()).isEqualTo(bytes(info.key()).length));
        }
    }

    @Test
    final void listsWhatBeginsWithThePrefix() throws Exception {
        for (String key : List.of("log/1", "log/10", "log/2", "logs/1", "lo", "m/log/1")) {
            store.put(key, ObjectBody.of(bytes("x")));
        }
        assertThat(keys("log/")).containsExactly("log/1", "log/10", "log/2");
        assertThat(keys("log/1")).containsExactly("log/1", "log/10");
        assertThat(keys("log")).containsExactly("log/1", "log/10", "log/2", "logs/1");
        assertThat(keys("lo")).hasSize(5);
        assertThat(keys("m/log/1")).containsExactly("m/log/1");
        assertThat(keys("m/log/1/")).isEmpty();
        assertThat(keys("nothing/at/all")).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("a//b"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("../a"));
        assertThatIllegalArgumentException().isThrownBy(() -> store.list("a\\b"));
    }

    @Test
    final void listsMoreThanAPageAndLazily() throws Exception {
        int objects = 2_100;
        List<String> expected =
                IntStream.range(0, objects).mapToObj("many/%06d"::formatted).toList();
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<Void>> puts = new ArrayList<>();
            for (String key : expected) {
                puts.add(() -> {
                    store.put(key, ObjectBody.of(bytes("x")));
                    return null;
                });
            }
            for (Future<Void> put : threads.invokeAll(puts)) {
                put.get();
            }
        }
        assertThat(keys("many/")).isEqualTo(expected);
        try (Stream<ObjectInfo> some = store.list("many/")) {
            assertThat(some.limit(3).map(ObjectInfo::key)).isEqualTo(expected.subList(0, 3));
        }
        assertThat(keys("many/0020")).isEqualTo(expected.subList(2_000, 2_100));
    }

    static Stream<String> unusualKeys() {
        return Stream.of(
                "dataset_id=3/domain_prefix=__HIVE_DEFAULT_PARTITION__/part-x.parquet",
                "with space/ leading and trailing ",
                "plus+and&amp=and?query#fragment",
                "percent%20encoded/%2F/100%",
                "quotes'\"<>|*:;,@$!~^`(){}[]",
                "ümlaut/日本語/🦊",
                ".hidden/..dots/...",
                "incoming/.incoming/x",
                "x".repeat(200) + "/" + "é".repeat(100),
                String.join("/", Collections.nCopies(450, "a")).concat("b"));
    }

    @ParameterizedTest
    @MethodSource("unusualKeys")
    final void takesUnusualKeys(String key) throws Exception {
        assertThat(store.putIfAbsent(key, ObjectBody.of(bytes(key)))).isEqualTo(PutResult.CREATED);
        assertThat(store.putIfAbsent(key, ObjectBody.of(bytes("other"))))
                .isEqualTo(PutResult.ALREADY_EXISTS);
        store.put(key, ObjectBody.of(bytes(key)));
        assertThat(store.get(key)).isEqualTo(bytes(key));
        assertThat(store.getRange(key, 1, 2)).hasSize(2);
        assertThat(store.head(key).key()).isEqualTo(key);
        assertThat(keys("")).containsExactly(key);
        assertThat(keys(key)).containsExactly(key);
        assertThat(keys(key.substring(0, key.indexOf('/') + 1))).containsExactly(key);
        assertThat(URI.create(store.location(key).toString()).getPath()).endsWith(key);
        store.delete(key);
        assertThat(keys("")).isEmpty();
    }

    static Stream<String> illegalKeys() {
        return Stream.of(
                "",
                "/",
                "/a",
                "a/",
                "a//b",
                ".",
                "..",
                "a/./b",
                "a/../b",
                "../a",
                "a\\b",
                "a\nb",
                "a\u0000b",
                "a\u007fb",
                "a\u0085b",
                "a\ud800b",
                ".incoming",
                ".incoming/x",
                "x".repeat(201),
                "é".repeat(101),
                String.join("/", Collections.nCopies(451, "a")));
    }

    @ParameterizedTest
    @MethodSource("illegalKeys")
    final void refusesIllegalKeysInEveryOperation(String key) {
        ObjectBody body = ObjectBody.of(bytes("x"));
        List<Callable<Object>> operations =
                List.of(
                        () -> store.head(key),
                        () -> store.get(key),
                        () -> store.getRange(key, 0, 1),
                        () -> store.open(key),
                        () -> store.putIfAbsent(key, body),
                        () -> store.location(key),
                        () -> {
                            store.put(key, body);
                            return null;
                        },
                        () -> {
                            store.delete(key);
                            return null;
                        },
                        () -> {
                            store.download(key, local.resolve("file"));
                            return null;
                        });
        for (Callable<Object> operation : operations) {
            assertThatIllegalArgumentException()
                    .isThrownBy(operation::call)
                    .withMessageStartingWith("key \"");
        }
        assertThat(local).isEmptyDirectory();
    }

    final List<String> keys(String prefix) throws IOException {
        try (Stream<ObjectInfo> objects = store.list(prefix)) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
