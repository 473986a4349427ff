package dev.whence.merge.maintain;

/**
 * When files are put together. Only small files ever are: those of less than half of what a file
 * ought to have.
 *
 * @param fileBytes how large files ought to be; a new one ends with the row group that takes it
 *     past this
 * @param fanOut how many files of about one size are put together, 2 to 100: those between two
 *     powers of it, so that each row is written anew about log N times
 * @param mostFiles small files that a partition may keep, 1 to 10,000: beyond them the smallest are
 *     put together, with each that is no larger than those before it are together; 1 puts all
 *     together at once
 * @param runBytes of files that one run takes at most, no less than {@code fileBytes}; what is left
 *     is for the next
 */
public record CompactionRules(long fileBytes, int fanOut, int mostFiles, long runBytes) {
    public static final CompactionRules DEFAULT = new CompactionRules(128L << 20, 8, 10, 4L << 30);

    public CompactionRules {
        check("fileBytes", fileBytes, 1, 1L << 40);
        check("fanOut", fanOut, 2, 100);
        check("mostFiles", mostFiles, 1, 10_000);
        check("runBytes", runBytes, fileBytes, Long.MAX_VALUE);
    }

    /** All small files of each partition at once, as someone wants who calls for it. */
    public static CompactionRules all(long fileBytes, long runBytes) {
        return new CompactionRules(fileBytes, 2, 1, runBytes);
    }

    /** Whether sizes do not matter. */
    boolean takeAll() {
        return mostFiles == 1;
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, must be %d to %d".formatted(name, value, least, most));
        }
    }
}
