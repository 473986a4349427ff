package dev.whence.cli.lookup;

import dev.whence.cli.ask.TypedDomain;
import dev.whence.cli.place.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The lines of a list in UTF-8, without blank ones. Of a line that is longer than any URL only the
 * beginning is kept, which is no domain either. Not thread-safe; does not close what it reads.
 */
public final class DomainLines {
    private static final int MOST_BYTES = 16 << 10;

    /** A longer line is no domain, however it goes on. */
    private static final int MOST_CHARACTERS = 300;

    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final InputStream in;
    private final byte[] line = new byte[MOST_BYTES];
    private boolean isFirst = true;

    public DomainLines(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next line that is not blank, without white space around it. */
    public Optional<String> next() throws IOException {
        while (true) {
            int length = 0;
            int octet = in.read();
            if (octet < 0) {
                return Optional.empty();
            }
            for (; octet >= 0 && octet != '\n'; octet = in.read()) {
                if (length < MOST_BYTES) {
                    line[length++] = (byte) octet;
                }
            }
            String text = new String(line, 0, length, StandardCharsets.UTF_8);
            if (isFirst && text.startsWith(BYTE_ORDER_MARK)) {
                text = text.substring(1);
            }
            isFirst = false;
            if (!text.isBlank()) {
                return Optional.of(text.strip());
            }
        }
    }

    /** What to ask a server for: of a URL its host, as a URL is no domain. */
    public static String asked(String line) {
        String asked = line;
        if (line.contains("/")) {
            try {
                asked = TypedDomain.of(line);
            } catch (Failure e) {
                // The server says of this line, too, what is wrong with it.
                asked = line;
            }
        }
        return asked.length() > MOST_CHARACTERS ? asked.substring(0, MOST_CHARACTERS) : asked;
    }
}
