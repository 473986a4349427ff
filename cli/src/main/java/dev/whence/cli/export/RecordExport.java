package dev.whence.cli.export;

import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * NDJSON and CSV: rows are asked for with their cursors, which do not go into the file. What is cut
 * off is asked for again, behind the last whole row, as long as each time brings rows.
 */
final class RecordExport {
    private static final int MOST_TIMES_IN_VAIN = 5;
    private static final long PAUSE_MILLIS = 300;
    private static final long BYTES_BETWEEN_NOTES = 8 << 20;

    private final Server server;
    private final ExportQuestion question;
    private final RecordFormat format;
    private final boolean hasEnd;
    private final Part part;

    private Part.Progress progress;
    private long noted;

    /**
     * @param hasEnd whether the file shall hold the end that its format has
     */
    RecordExport(
            Server server, ExportQuestion question, RecordFormat format, boolean hasEnd, Part part)
            throws IOException {
        this.server = server;
        this.question = question;
        this.format = format;
        this.hasEnd = hasEnd;
        this.part = part;
        this.progress = part.resume(question.identity(server.address()) + (hasEnd ? "" : " plain"));
        this.noted = progress.bytes();
    }

    /** How many rows an export before this one has left. */
    long rowsBefore() {
        return progress.rows();
    }

    /** Writes the rest of the list, and the file's end. */
    ListEnd run() throws Failure, IOException {
        int inVain = 0;
        while (true) {
            long before = progress.rows();
            String reason;
            try {
                Optional<ListEnd> end = readOn();
                if (end.isPresent()) {
                    return finish(end.get());
                }
                reason = "it ended without its end";
            } catch (Broken e) {
                reason = String.valueOf(e.getMessage());
            }
            part.note(progress);
            inVain = progress.rows() > before ? 1 : inVain + 1;
            if (inVain >= MOST_TIMES_IN_VAIN) {
                throw Failure.of(
                        "the export broke off behind %,d rows (%s); the same command goes on from there"
                                .formatted(progress.rows(), reason),
                        null);
            }
            pause(inVain);
        }
    }

    /** A connection that broke; everything else that fails here is final. */
    private static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        Broken(@Nullable String message, IOException cause) {
            super(message, cause);
        }
    }

    /** The end, if the answer had one. */
    private Optional<ListEnd> readOn() throws Failure, IOException, Broken {
        if (progress.cursor() == null || question.isReachedBy(progress.rows())) {
            progress = Part.Progress.none(progress.identity());
        }
        part.backTo(progress);
        long before = progress.rows();
        try (InputStream body = open()) {
            var records = new Records(body, format);
            boolean heading = format.hasHeading();
            for (String record = next(records); record != null; record = next(records)) {
                if (heading) {
                    heading = false;
                    head(format.heading(record));
                    continue;
                }
                Optional<ListEnd> end = format.end(record);
                if (end.isPresent()) {
                    requireNothingBehind(records);
                    return Optional.of(checked(end.get(), progress.rows() - before));
                }
                take(format.row(record));
            }
            return Optional.empty();
        } catch (MalformedListException e) {
            part.note(progress);
            throw Failure.of(
                    "the answer holds "
                            + e.getMessage()
                            + " behind row "
                            + progress.rows()
                            + "; is it Whence?",
                    e);
        }
    }

    private InputStream open() throws Failure, IOException, Broken {
        try {
            return server.open(
                    question.address(progress.rows(), progress.cursor(), true), question.body());
        } catch (Failure e) {
            if (progress.rows() == 0) {
                throw e;
            }
            if (e.getCause() instanceof IOException broken) {
                throw new Broken(e.getMessage(), broken);
            }
            part.note(progress);
            throw e.and(
                    isOfAGoneCursor(e)
                            ? "Delete %s to begin again.".formatted(part.file())
                            : "The same command goes on behind %,d rows."
                                    .formatted(progress.rows()));
        }
    }

    /** Whether the place where a list was left off cannot be come to any more. */
    static boolean isOfAGoneCursor(Failure failure) {
        return failure.isProblem("retired-version") || failure.isProblem("invalid-cursor");
    }

    /** The next record; null where there is none. */
    private static @Nullable String next(Records records) throws Broken, MalformedListException {
        try {
            return records.next().orElse(null);
        } catch (MalformedListException e) {
            throw e;
        } catch (IOException e) {
            throw new Broken(e.getMessage(), e);
        }
    }

    private static void requireNothingBehind(Records records)
            throws Broken, MalformedListException {
        if (next(records) != null) {
            throw new MalformedListException("something behind its end");
        }
    }

    private void head(String heading) throws IOException {
        if (progress.rows() == 0) {
            int bytes = part.write(heading + format.lineEnd());
            int columns = (int) heading.chars().filter(character -> character == ',').count() + 1;
            progress = new Part.Progress(progress.identity(), bytes, 0, columns, null);
        }
    }

    private void take(RecordFormat.Row row) throws IOException {
        int bytes = part.write(row.text() + format.lineEnd());
        progress =
                new Part.Progress(
                        progress.identity(),
                        progress.bytes() + bytes,
                        progress.rows() + 1,
                        progress.columns(),
                        row.cursor());
        if (progress.bytes() - noted > BYTES_BETWEEN_NOTES) {
            part.note(progress);
            noted = progress.bytes();
        }
    }

    private static ListEnd checked(ListEnd end, long rows) throws MalformedListException {
        if (end.rows() != rows) {
            throw new MalformedListException(
                    "an end that counts %d rows where %d came".formatted(end.rows(), rows));
        }
        return end;
    }

    private ListEnd finish(ListEnd rest) throws IOException {
        var end = new ListEnd(progress.rows(), rest.version(), rest.nextCursor());
        if (hasEnd) {
            part.write(format.end(end, progress.columns()) + format.lineEnd());
        }
        part.finish();
        return end;
    }

    private static void pause(int inVain) throws Failure {
        try {
            Thread.sleep(PAUSE_MILLIS * inVain);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.of("interrupted", e);
        }
    }
}
