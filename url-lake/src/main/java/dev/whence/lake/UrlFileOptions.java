package dev.whence.lake;

/**
 * How URL files are written.
 *
 * @param zstdLevel 1 to 19
 * @param pageRows rows in a page, 100 to 20,000
 * @param rowGroupBytes bytes of a row group before compression, 1 MiB to 1 GiB
 * @param urlIds false leaves the column {@code url_id} out: eight random bytes a row that can be
 *     computed
 */
public record UrlFileOptions(int zstdLevel, int pageRows, long rowGroupBytes, boolean urlIds) {
    public static final UrlFileOptions DEFAULT = new UrlFileOptions(3, 4_000, 128L << 20, true);

    public UrlFileOptions {
        check("zstdLevel", zstdLevel, 1, 19);
        check("pageRows", pageRows, 100, 20_000);
        check("rowGroupBytes", rowGroupBytes, 1L << 20, 1L << 30);
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "%s is %d, must be %d to %d".formatted(name, value, least, most));
        }
    }
}
