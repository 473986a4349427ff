package dev.whence.benchmarks.merge;

import dev.whence.benchmarks.DuckDb;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The machine's limit: whoever rewrites files must at least read and write the bytes of those that
 * hold a changed row; of inserts, those of the source.
 */
record AffectedCopy() implements MergeContestant {

    @Override
    public String name() {
        return "copy of the affected files (limit)";
    }

    @Override
    public boolean takesPart(MergeChange change) {
        return true;
    }

    @Override
    public Made merge(MergeData data, MergeChange change, Path directory) throws Exception {
        List<Path> affected =
                change.strategy().onlyAdds()
                        ? List.of(data.source(change))
                        : affected(data, change);
        long start = System.nanoTime();
        long bytes = 0;
        for (Path file : affected) {
            bytes += copy(file, directory.resolve(file.getFileName()));
        }
        return new Made(MergeContestant.secondsSince(start), bytes, bytes, List.of());
    }

    /** Files of the base that hold a key of the source. */
    static List<Path> affected(MergeData data, MergeChange change) throws SQLException {
        String query =
                "SELECT DISTINCT t.filename FROM read_parquet('%s/base/*.parquet', filename = true) t SEMI JOIN read_parquet('%s') USING (%s)"
                        .formatted(
                                data.directory(),
                                data.source(change),
                                String.join(", ", MergeRow.KEY));
        var files = new ArrayList<Path>();
        try (var duckDb = new DuckDb();
                Statement statement = duckDb.connection().createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                files.add(Path.of(rows.getString(1)));
            }
        }
        return files;
    }

    /** Through the process, as a merge has to: the system's own copy may only share the blocks. */
    private static long copy(Path from, Path to) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                OutputStream out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[1 << 20];
            long bytes = 0;
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
            }
            return bytes;
        }
    }
}
