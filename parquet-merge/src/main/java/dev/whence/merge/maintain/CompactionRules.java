package dev.whence.merge.maintain;

/**
 * When files are put together.
 *
 * @param fileBytes how large files ought to be; a file of half of that is left alone
 * @param fanOut how many files of about one size are put together, 2 to 100: sizes are about one if
 *     none is as many times another, so that each row is written anew about log N times
 * @param mostFiles small files of a partition beyond these are put together whatever their sizes, 1
 *     to 10,000
 * @param runBytes of files that one run takes at most; what is left is for the next
 */
public record CompactionRules(long fileBytes, int fanOut, int mostFiles, long runBytes) {
    public static final CompactionRules DEFAULT = new CompactionRules(128L << 20, 8, 10, 4L << 30);

    public CompactionRules {
        check("fileBytes", fileBytes, 1, 1L << 40);
        check("fanOut", fanOut, 2, 100);
        check("mostFiles", mostFiles, 1, 10_000);
        check("runBytes", runBytes, 1, Long.MAX_VALUE);
    }

    /** All small files of each partition at once, as someone wants who calls for it. */
    public static CompactionRules all(long fileBytes, long runBytes) {
        return new CompactionRules(fileBytes, 2, 1, runBytes);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, must be %d to %d".formatted(name, value, least, most));
        }
    }
}
