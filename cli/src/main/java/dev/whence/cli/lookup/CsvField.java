package dev.whence.cli.lookup;

/**
 * A field of CSV (RFC 4180). What a spreadsheet would take for a formula (OWASP, "CSV Injection")
 * gets an apostrophe in front, and so does what begins with one or with {@code #}, so that taking
 * one away again gives every text as it was: the rule of the service's exports.
 */
final class CsvField {
    private static final String GUARDED = "=+-@\t\r\n'#";
    private static final String QUOTED = "\",\r\n";

    private CsvField() {}

    static String of(String text) {
        String guarded =
                !text.isEmpty() && GUARDED.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return guarded.chars().noneMatch(character -> QUOTED.indexOf(character) >= 0)
                ? guarded
                : '"' + guarded.replace("\"", "\"\"") + '"';
    }
}
