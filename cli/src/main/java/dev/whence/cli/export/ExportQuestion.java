package dev.whence.cli.export;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.Question;
import dev.whence.url.Fingerprint;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A list that is asked for as a file.
 *
 * @param path that ends in {@code :export}, with the list's own parameters
 * @param body null for none
 * @param format that is asked for
 * @param version null for the newest
 * @param limit the most rows; null for all
 */
public record ExportQuestion(
        String path,
        @Nullable JsonNode body,
        ExportFormat format,
        @Nullable Long version,
        @Nullable Long limit) {

    /** The address of what is left behind some rows, of which the last one told a cursor. */
    String address(long rowsBefore, @Nullable String cursor, boolean withCursors) {
        String parameters =
                new Question("")
                        .with("format", format)
                        .with("limit", limit == null ? null : limit - rowsBefore)
                        .with("cursor", cursor)
                        .with("cursors", withCursors ? "true" : null)
                        // A cursor names its version.
                        .with("version", cursor == null ? version : null)
                        .toString();
        return path + (path.contains("?") ? parameters.replaceFirst("\\?", "&") : parameters);
    }

    /** Whether so many rows are all that were asked for. */
    boolean isReachedBy(long rows) {
        return limit != null && rows >= limit;
    }

    /** The same for so many rows at most, behind those that there are. */
    ExportQuestion part(long rowsBefore, long most) {
        long rows = limit == null ? most : Math.min(most, limit - rowsBefore);
        return new ExportQuestion(path, body, format, version, rows);
    }

    /**
     * What makes two questions the same, so that one may go on with the file of the other.
     *
     * @param server that is asked
     */
    String identity(String server) {
        byte[] asked = String.valueOf(body).getBytes(StandardCharsets.UTF_8);
        String fingerprint = Fingerprint.hex(Fingerprint.of(asked, 0, asked.length));
        return "%s%s %s %s %s %s".formatted(server, path, fingerprint, format, version, limit);
    }
}
