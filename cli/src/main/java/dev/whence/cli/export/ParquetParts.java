package dev.whence.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parquet in files of so many rows, each whole by itself: {@code shared-00001.parquet} and so on.
 * The footer of each tells where the next begins, so that what is cut off loses one file at most.
 */
final class ParquetParts {
    private static final int MOST_FILES = 99_999;

    private final Server server;
    private final ExportQuestion question;
    private final long rowsPerFile;
    private final Path target;
    private final boolean replace;
    private final String identity;
    private final Note note;

    /**
     * @param target whose name the files get, with a number
     * @param replace whether files that are there may be replaced
     */
    ParquetParts(
            Server server,
            ExportQuestion question,
            long rowsPerFile,
            Path target,
            boolean replace) {
        this.server = server;
        this.question = question;
        this.rowsPerFile = rowsPerFile;
        this.target = target;
        this.replace = replace;
        this.identity = question.identity(server.address()) + " by " + rowsPerFile;
        this.note = Note.beside(target);
    }

    /** Writes what is left, and says how the whole ended. */
    ListEnd run() throws Failure, IOException {
        Optional<JsonNode> left = note.read(identity);
        int files = left.map(noted -> noted.path("files").asInt()).orElse(0);
        long rows = left.map(noted -> noted.path("rows").asLong()).orElse(0L);
        String cursor = left.map(noted -> noted.path("cursor").textValue()).orElse(null);
        // What an export of the same question was about to write is not somebody else's.
        boolean isOwn = left.isPresent();
        while (true) {
            if (files == MOST_FILES) {
                throw Failure.of("more than %,d files; ask for larger ones".formatted(files), null);
            }
            Path file = numbered(files + 1);
            if (Files.exists(file) && !replace && !isOwn) {
                throw new Failure(
                        ExitCode.USAGE, file + " is there already; --force replaces it", null);
            }
            isOwn = false;
            note(files, rows, cursor);
            ListEnd end = export(file, rows, cursor);
            files++;
            rows += end.rows();
            cursor = end.nextCursor();
            if (cursor == null || question.isReachedBy(rows)) {
                note.delete();
                return new ListEnd(rows, end.version(), cursor);
            }
        }
    }

    private ListEnd export(Path file, long rows, @Nullable String cursor)
            throws Failure, IOException {
        try (Part part = Part.open(file)) {
            return new ParquetExport(server, question.part(rows, rowsPerFile), cursor, part).run();
        } catch (Failure e) {
            throw cursor != null && RecordExport.isOfAGoneCursor(e)
                    ? e.and("Delete %s to begin again.".formatted(note.file()))
                    : e;
        }
    }

    private void note(int files, long rows, @Nullable String cursor) throws IOException {
        ObjectNode noted = Note.of(identity).put("files", files).put("rows", rows);
        note.write(noted.put("cursor", cursor));
    }

    private Path numbered(int number) {
        String name = String.valueOf(target.getFileName());
        int dot = name.lastIndexOf('.');
        String stem = dot < 0 ? name : name.substring(0, dot);
        String ending = dot < 0 ? "" : name.substring(dot);
        return target.resolveSibling("%s-%05d%s".formatted(stem, number, ending));
    }
}
