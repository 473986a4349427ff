package dev.whence.cli.load;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.source.SourceFormat;
import dev.whence.source.SourceLimits;
import dev.whence.source.UrlSource;
import dev.whence.source.UrlSources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file to load, or standard input, and how it is read.
 *
 * @param name as it was given; {@code -} for standard input
 */
public record InputFile(String name, SourceFormat format, String urlColumn) {
    private static final String STANDARD_INPUT = "-";

    /** A person who names a file packed with {@code zstd --long=31} has the memory for it. */
    private static final SourceLimits LIMITS =
            SourceLimits.DEFAULT.withZstdWindowLog(SourceLimits.MOST_ZSTD_WINDOW_LOG);

    /**
     * Looks at every file before the first is sent: a misspelt name sends nothing.
     *
     * @param format what each file's name says, if null
     */
    public static List<InputFile> all(List<String> names, @Nullable String format, String urlColumn)
            throws Failure {
        var files = new ArrayList<InputFile>();
        for (String name : names) {
            SourceFormat how;
            try {
                how = format == null ? SourceFormat.ofFileName(name) : SourceFormat.of(format);
            } catch (IllegalArgumentException e) {
                throw Failure.usage(e);
            }
            var file = new InputFile(name, how, urlColumn);
            file.requireReadable();
            files.add(file);
        }
        return files;
    }

    UrlSource open(Progress progress) throws IOException {
        if (isStandardInput()) {
            progress.begin(0);
            return UrlSources.open("standard input", System.in, format, urlColumn, LIMITS);
        }
        Path file = Path.of(name);
        if (format == SourceFormat.PARQUET) {
            progress.begin(0);
            return UrlSources.open(file, format, urlColumn, LIMITS);
        }
        InputStream in = Files.newInputStream(file);
        progress.begin(Files.size(file));
        return UrlSources.open(name, progress.watch(in), format, urlColumn, LIMITS);
    }

    private boolean isStandardInput() {
        return name.equals(STANDARD_INPUT);
    }

    private void requireReadable() throws Failure {
        if (isStandardInput()) {
            if (format == SourceFormat.PARQUET) {
                throw usage("Parquet is read from files, not from standard input");
            }
        } else if (Files.isDirectory(Path.of(name))) {
            throw usage(name + ": this is a directory; name the files in it");
        } else if (!Files.isReadable(Path.of(name))) {
            throw usage(name + ": there is no such file, or it cannot be read");
        }
    }

    private static Failure usage(String message) {
        return new Failure(ExitCode.USAGE, message, null);
    }
}
