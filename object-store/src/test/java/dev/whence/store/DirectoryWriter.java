package dev.whence.store;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Puts one object after the other, and prints the key of each that was put, until it is killed. */
final class DirectoryWriter {
    private DirectoryWriter() {}

    public static void main(String[] arguments) throws Exception {
        try (ObjectStore store = ObjectStores.directory(Path.of(arguments[0]))) {
            for (int number = 0; ; number++) {
                String key = "%s/%06d".formatted(arguments[1], number);
                store.putIfAbsent(key, ObjectBody.of(contentOf(key)));
                System.out.println(key);
            }
        }
    }

    /** Long enough to be caught half-written. */
    static byte[] contentOf(String key) {
        return key.repeat(10_000).getBytes(StandardCharsets.UTF_8);
    }
}
