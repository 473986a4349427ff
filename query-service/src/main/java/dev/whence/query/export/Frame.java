package dev.whence.query.export;

/**
 * What stands around the rows of a text format.
 *
 * @param header whether a first line names the columns; of CSV alone
 * @param trailer whether a last line says that the file is whole
 */
public record Frame(boolean header, boolean trailer) {
    /** Both. */
    public static final Frame WHOLE = new Frame(true, true);
}
