package dev.whence.cli.export;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a list is written as; the names are those of the service and of the files' endings. */
public enum ExportFormat {
    NDJSON,
    CSV,
    PARQUET;

    /** The format that a file's name says. */
    public static Optional<ExportFormat> ofName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(format -> name.endsWith("." + format)).findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
