package dev.whence.cli.table;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.S3Options;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;

/** Opens the tables that a command line names: directories, files, {@code s3://bucket/prefix}. */
public final class TableOptions {
    private static final Pattern S3 = Pattern.compile("s3://([^/]+)/*(.*?)/*");
    private static final Pattern OTHER_SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]+://.*");

    @Mixin private S3Options s3 = new S3Options();

    /** A table, which must be a directory or a prefix. */
    public OpenTable table(String location) throws Failure, IOException {
        OpenTable opened = open(location);
        if (opened.file().isEmpty()) {
            return opened;
        }
        opened.close();
        throw new Failure(
                ExitCode.USAGE, location + " is a file; a table is a directory of files", null);
    }

    /** What is read: a table, or a single file. */
    public OpenTable open(String location) throws Failure, IOException {
        Matcher bucket = S3.matcher(location);
        if (bucket.matches()) {
            String prefix = bucket.group(2);
            var store = s3.open("s3://" + bucket.group(1));
            return isObject(store, prefix)
                    ? OpenTable.file(store, location, prefix)
                    : OpenTable.prefix(store, location, prefix.isEmpty() ? "" : prefix + "/");
        }
        if (OTHER_SCHEME.matcher(location).matches() && !location.startsWith("file://")) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'%s': expected a directory or s3://BUCKET/PREFIX".formatted(location),
                    null);
        }
        return openLocal(location);
    }

    /** Spark gives folders of files such names too. */
    private static boolean isObject(ObjectStore store, String key) throws IOException {
        if (!key.endsWith(".parquet")) {
            return false;
        }
        try {
            store.head(key);
            return true;
        } catch (ObjectNotFoundException _) {
            return false;
        } catch (IOException e) {
            store.close();
            throw e;
        }
    }

    private static OpenTable openLocal(String location) throws Failure {
        Path path;
        try {
            path =
                    location.startsWith("file://")
                            ? Path.of(URI.create(location))
                            : Path.of(location);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "'%s' is no path".formatted(location), e);
        }
        Path absolute = path.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        Path name = absolute.getFileName();
        if (Files.isDirectory(absolute)) {
            return OpenTable.prefix(ObjectStores.directory(absolute), location, "");
        }
        if (!Files.isRegularFile(absolute) || folder == null || name == null) {
            throw Failure.of(
                    location + ": there is no such directory; make it if it shall be a new table",
                    null);
        }
        return OpenTable.file(ObjectStores.directory(folder), location, name.toString());
    }
}
