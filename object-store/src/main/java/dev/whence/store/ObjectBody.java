package dev.whence.store;

import java.nio.file.Path;

/** What is put: bytes in memory, or a local file that nobody changes meanwhile. */
public sealed interface ObjectBody {

    /** Bytes that nobody changes meanwhile; bodies are never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(byte[] content) implements ObjectBody {}

    record LocalFile(Path path) implements ObjectBody {}

    static ObjectBody of(byte[] content) {
        return new Bytes(content);
    }

    static ObjectBody of(Path path) {
        return new LocalFile(path);
    }
}
