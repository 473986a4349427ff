package dev.whence.cli.export;

import java.io.IOException;
import java.util.Optional;

/** A format whose rows are texts, each of which can tell the cursor of what comes behind it. */
interface RecordFormat {
    /** A record, as it shall stand in the file, and the cursor that it told. */
    record Row(String text, String cursor) {}

    /** Whether a quote opens and closes what line ends do not end. */
    boolean isQuoted();

    /** Whether the first record names the columns. */
    boolean hasHeading();

    /** The heading without the column of cursors. */
    String heading(String record) throws IOException;

    /** The end of a whole file, if this is it. */
    Optional<ListEnd> end(String record) throws IOException;

    /** A row, taken apart. */
    Row row(String record) throws IOException;

    /**
     * An end as it stands in a file.
     *
     * @param columns that the file's rows have
     */
    String end(ListEnd end, int columns);

    /** What ends a record. */
    String lineEnd();
}
