package dev.whence.catalog;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** A file of a block: its name in it, its bytes, and the CRC32C of them all. */
public record FileRef(String name, long bytes, int crc32c) {
    private static final int BUFFER_BYTES = 1 << 16;

    /** What a local file is found to be, read from its first byte to its last. */
    public static FileRef of(Path file) throws IOException {
        var crc = new CRC32C();
        long bytes = 0;
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
                bytes += read;
            }
        }
        return new FileRef(file.getFileName().toString(), bytes, (int) crc.getValue());
    }

    /** What bytes under a name are found to be. */
    static FileRef of(String name, byte[] content) {
        var crc = new CRC32C();
        crc.update(content);
        return new FileRef(name, content.length, (int) crc.getValue());
    }

    @Override
    public String toString() {
        return "%s of %,d bytes with CRC32C %08x".formatted(name, bytes, crc32c);
    }
}
