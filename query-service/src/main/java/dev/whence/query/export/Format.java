package dev.whence.query.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What an export can be written as. */
public enum Format {
    NDJSON("NDJSON", "ndjson", "application/x-ndjson"),
    CSV("CSV", "csv", "text/csv;charset=UTF-8"),
    PARQUET("Parquet", "parquet", "application/vnd.apache.parquet");

    private final String title;
    private final String ending;
    private final String mediaType;

    Format(String title, String ending, String mediaType) {
        this.title = title;
        this.ending = ending;
        this.mediaType = mediaType;
    }

    /** The name that people know it by. */
    public String title() {
        return title;
    }

    /** The ending of a file's name, which is also how the format is asked for. */
    public String ending() {
        return ending;
    }

    public String mediaType() {
        return mediaType;
    }

    /** A writer of this format; it never closes the stream. */
    RowWriter writer(OutputStream out, List<Column> columns, Frame frame) throws IOException {
        return switch (this) {
            case NDJSON -> new NdjsonWriter(out, columns, frame);
            case CSV -> new CsvWriter(out, columns, frame);
            case PARQUET -> new ParquetRows(out, columns);
        };
    }
}
