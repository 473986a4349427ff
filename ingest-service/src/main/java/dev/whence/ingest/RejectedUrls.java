package dev.whence.ingest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.github.luben.zstd.ZstdOutputStream;
import dev.whence.url.Rejection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The URLs of one flush that were not taken, one JSON object a line, in a local file that is there
 * only if there are some; memory holds a few lines of them. A file that only the end of a zstd
 * stream could take back is not written before that end: a batch may yet be rolled back. Not
 * thread-safe.
 */
final class RejectedUrls implements AutoCloseable {
    private static final int PENDING_BYTES = 256 << 10;
    private static final int URL_BYTES = 2_048;
    private static final int ZSTD_LEVEL = 3;
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Path file;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private @Nullable FileChannel channel;
    private long writtenBytes;

    /** The file must not exist. */
    RejectedUrls(Path file) {
        this.file = file;
    }

    /** Adds the URL {@code utf8[from, to)}, whatever bytes they are. */
    void add(long offset, String dataset, Rejection rejection, byte[] utf8, int from, int to)
            throws IOException {
        int shown = Math.min(to - from, URL_BYTES);
        try (JsonGenerator line = JSON.createGenerator(pending)) {
            line.writeStartObject();
            line.writeNumberField("offset", offset);
            line.writeStringField("dataset", dataset);
            line.writeStringField("reason", rejection.code());
            line.writeStringField("url", new String(utf8, from, shown, StandardCharsets.UTF_8));
            line.writeEndObject();
        }
        pending.write('\n');
        if (pending.size() >= PENDING_BYTES) {
            writePending();
        }
    }

    /** Bytes of all lines: a point to which {@link #rollback} can return. */
    long bytes() {
        return writtenBytes + pending.size();
    }

    void rollback(long bytes) throws IOException {
        if (bytes() == bytes) {
            return;
        }
        FileChannel open = writePending();
        open.truncate(bytes);
        writtenBytes = bytes;
    }

    /** Writes all lines, compressed, to a new file. */
    void compress(Path to) throws IOException {
        writePending();
        try (OutputStream out = Files.newOutputStream(to, StandardOpenOption.CREATE_NEW);
                ZstdOutputStream zstd = new ZstdOutputStream(out, ZSTD_LEVEL)) {
            Files.copy(file, zstd);
        }
    }

    private FileChannel writePending() throws IOException {
        FileChannel open = channel;
        if (open == null) {
            open = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            channel = open;
        }
        // Written at the known place, so that another try after a full disk repeats, not doubles.
        ByteBuffer bytes = ByteBuffer.wrap(pending.toByteArray());
        long at = writtenBytes;
        while (bytes.hasRemaining()) {
            at += open.write(bytes, at);
        }
        writtenBytes = at;
        pending.reset();
        return open;
    }

    /** Deletes the file. */
    @Override
    public void close() throws IOException {
        FileChannel open = channel;
        if (open != null) {
            open.close();
            Files.deleteIfExists(file);
        }
    }
}
