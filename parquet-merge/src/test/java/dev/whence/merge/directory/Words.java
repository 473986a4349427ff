package dev.whence.merge.directory;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Tables of words, and what different readers see of them: folder and word of each file. */
final class Words {
    private static final Random RANDOM = new Random();

    private Words() {}

    static DirectoryTable table(ObjectStore store) {
        return new DirectoryTable(store, "t/", Clock.systemUTC(), RANDOM);
    }

    static void put(ObjectStore store, String path, String word) throws IOException {
        store.put("t/" + path, ObjectBody.of(word.getBytes(StandardCharsets.UTF_8)));
    }

    /** By the chain. */
    static List<String> committed(ObjectStore store) throws IOException {
        List<String> words = new ArrayList<>();
        for (TableSnapshot.Live live : table(store).snapshot().files()) {
            words.add(HivePaths.folder(live.file().path()) + read(store, live.key()));
        }
        return words.stream().sorted().toList();
    }

    /** By whatever ends in .parquet, as the globs of other engines see it. */
    static List<String> globbed(ObjectStore store) throws IOException {
        List<String> words = new ArrayList<>();
        for (String key : keys(store, "t/")) {
            if (key.endsWith(".parquet")) {
                words.add(HivePaths.folder(key.substring(2)) + read(store, key));
            }
        }
        return words.stream().sorted().toList();
    }

    static List<String> keys(ObjectStore store, String prefix) throws IOException {
        try (Stream<ObjectInfo> objects = store.list(prefix)) {
            return objects.map(ObjectInfo::key).toList();
        }
    }

    private static String read(ObjectStore store, String key) throws IOException {
        return new String(store.get(key), StandardCharsets.UTF_8);
    }
}
