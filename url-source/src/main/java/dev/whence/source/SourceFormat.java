package dev.whence.source;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The formats of source files. */
public enum SourceFormat {
    /** One URL a line. */
    TEXT,
    /** Comma-separated values with a header line. */
    CSV,
    /** A JSON object, or a JSON string, a line. */
    NDJSON,
    /**
     * Space-separated capture index, with or without its {@code CDX} header line; lines of CDXJ are
     * read as such, since files of either name hold them.
     */
    CDX,
    /** SURT key, timestamp and a JSON object a line. */
    CDXJ,
    PARQUET;

    private static final Pattern PACKED = Pattern.compile("\\.(gz|gzip|zst|zstd)$");

    /** The name in batches and on the command line. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The format of that name; {@link IllegalArgumentException} names those that there are. */
    public static SourceFormat of(String text) {
        for (SourceFormat format : values()) {
            if (format.text().equals(text)) {
                return format;
            }
        }
        throw new IllegalArgumentException(
                "no format '"
                        + text
                        + "'; there are "
                        + Arrays.stream(values())
                                .map(SourceFormat::text)
                                .collect(Collectors.joining(", ")));
    }

    /** The format that a file's name says ({@code x.csv.gz} is CSV); text if it says none. */
    public static SourceFormat ofFileName(String name) {
        String unpacked = PACKED.matcher(name.toLowerCase(Locale.ROOT)).replaceFirst("");
        return switch (unpacked.substring(unpacked.lastIndexOf('.') + 1)) {
            case "csv" -> CSV;
            case "ndjson", "jsonl", "json" -> NDJSON;
            case "cdx" -> CDX;
            case "cdxj" -> CDXJ;
            case "parquet", "parq" -> PARQUET;
            default -> TEXT;
        };
    }
}
