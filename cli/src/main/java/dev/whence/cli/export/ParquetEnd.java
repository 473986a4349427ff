package dev.whence.cli.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/** The footer of a Parquet file, and what the service says in it of the list. */
final class ParquetEnd {
    private static final int MAGIC =
            ByteBuffer.wrap("PAR1".getBytes(StandardCharsets.US_ASCII))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .getInt();
    private static final int TAIL_BYTES = 2 * Integer.BYTES;
    private static final int MOST_FOOTER_BYTES = 64 << 20;

    private ParquetEnd() {}

    /** What it says, if the file has one. */
    static Optional<ListEnd> of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long bytes = channel.size();
            if (bytes < Integer.BYTES + TAIL_BYTES) {
                return Optional.empty();
            }
            ByteBuffer tail = read(channel, bytes - TAIL_BYTES, TAIL_BYTES);
            int footerBytes = tail.getInt();
            if (tail.getInt() != MAGIC || read(channel, 0, Integer.BYTES).getInt() != MAGIC) {
                return Optional.empty();
            }
            if (footerBytes < 0
                    || footerBytes > MOST_FOOTER_BYTES
                    || footerBytes > bytes - Integer.BYTES - TAIL_BYTES) {
                throw new MalformedListException("a footer of " + footerBytes + " bytes");
            }
            byte[] footer = new byte[footerBytes];
            read(channel, bytes - TAIL_BYTES - footerBytes, footerBytes).get(footer);
            return Optional.of(end(footer));
        }
    }

    private static ListEnd end(byte[] footer) throws MalformedListException {
        FileMetaData metadata;
        try {
            metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        } catch (IOException e) {
            throw new MalformedListException("a footer that cannot be read: " + e.getMessage());
        }
        Map<String, String> said = new HashMap<>();
        List<KeyValue> pairs = metadata.getKey_value_metadata();
        if (pairs != null) {
            pairs.forEach(pair -> said.put(pair.getKey(), pair.getValue()));
        }
        long rows = number(said, "whence.rows");
        if (rows != metadata.getNum_rows()) {
            throw new MalformedListException(
                    "a footer that counts %d rows where there are %d"
                            .formatted(rows, metadata.getNum_rows()));
        }
        return new ListEnd(rows, number(said, "whence.version"), said.get("whence.next-cursor"));
    }

    private static long number(Map<String, String> said, String name)
            throws MalformedListException {
        String text = said.getOrDefault(name, "");
        if (!text.matches("[0-9]{1,18}")) {
            throw new MalformedListException("a footer without " + name);
        }
        return Long.parseLong(text);
    }

    private static ByteBuffer read(FileChannel channel, long from, int bytes) throws IOException {
        ByteBuffer read = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (read.hasRemaining() && channel.read(read, from + read.position()) >= 0) {
            // Reads on.
        }
        return read.flip();
    }
}
