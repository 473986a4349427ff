package dev.whence.cli.export;

import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Parquet, whose footer comes last: what is cut off is lost, and is asked for anew. */
final class ParquetExport {
    private static final int MOST_TIMES = 3;
    private static final int CHUNK_BYTES = 1 << 16;

    private final Server server;
    private final ExportQuestion question;
    private final @Nullable String cursor;
    private final Part part;

    /**
     * @param cursor where it begins; null for the beginning
     */
    ParquetExport(Server server, ExportQuestion question, @Nullable String cursor, Part part) {
        this.server = server;
        this.question = question;
        this.cursor = cursor;
        this.part = part;
    }

    ListEnd run() throws Failure, IOException {
        String reason = "";
        for (int time = 0; time < MOST_TIMES; time++) {
            part.backTo(Part.Progress.none(question.identity(server.address())));
            String broken = copy();
            part.force();
            try {
                Optional<ListEnd> end =
                        broken.isEmpty() ? ParquetEnd.of(part.file()) : Optional.empty();
                if (end.isPresent()) {
                    part.finish();
                    return end.get();
                }
            } catch (MalformedListException e) {
                throw Failure.of("the answer has " + e.getMessage() + "; is it Whence?", e);
            }
            reason = broken.isEmpty() ? "it ended without its end" : broken;
        }
        throw Failure.of(
                "the export broke off %d times (%s); with --rows-per-file less of it is lost"
                        .formatted(MOST_TIMES, reason),
                null);
    }

    /** Copies the answer, and says why it broke off if it did. */
    private String copy() throws Failure, IOException {
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream body = server.open(question.address(0, cursor, false), question.body())) {
            while (true) {
                int read;
                try {
                    read = body.read(chunk);
                } catch (IOException e) {
                    return String.valueOf(e.getMessage());
                }
                if (read < 0) {
                    return "";
                }
                // What fails here is the disk.
                part.write(chunk, read);
            }
        }
    }
}
