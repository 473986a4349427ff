package dev.whence.lake;

/**
 * How URL files are written.
 *
 * @param zstdLevel 1 to 19
 * @param pageRows rows in a page, 100 to 20,000
 * @param rowGroupBytes bytes of a row group before compression, at least 1 MiB
 * @param urlIds false leaves the column {@code url_id} out: eight random bytes a row that can be
 *     computed
 */
public record UrlFileOptions(int zstdLevel, int pageRows, long rowGroupBytes, boolean urlIds) {
    public static final UrlFileOptions DEFAULT = new UrlFileOptions(3, 4_000, 128L << 20, true);
}
