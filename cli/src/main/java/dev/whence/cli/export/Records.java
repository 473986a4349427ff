package dev.whence.cli.export;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The records of a stream, each up to its line end; what comes behind the last line end is cut off
 * and none. Not thread-safe; does not close what it reads.
 */
final class Records {
    /** A URL has 16 KiB, what was sent along with it 64 KiB, and escapes make it six times that. */
    private static final int MOST_BYTES = 1 << 20;

    private final InputStream in;
    private final RecordFormat format;
    private final ByteArrayOutputStream record = new ByteArrayOutputStream(1 << 10);

    Records(InputStream in, RecordFormat format) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.format = format;
    }

    /** The next whole record without its line end. */
    Optional<String> next() throws IOException {
        record.reset();
        boolean quoted = false;
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\n' && !quoted) {
                return Optional.of(text());
            }
            quoted ^= octet == '"' && format.isQuoted();
            record.write(octet);
            if (record.size() > MOST_BYTES) {
                throw new MalformedListException(
                        "a record of more than %d bytes".formatted(MOST_BYTES));
            }
        }
        return Optional.empty();
    }

    private String text() {
        String text = record.toString(StandardCharsets.UTF_8);
        return format.lineEnd().equals("\r\n") && text.endsWith("\r")
                ? text.substring(0, text.length() - 1)
                : text;
    }
}
