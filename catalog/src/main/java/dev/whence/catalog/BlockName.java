package dev.whence.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of blocks and of their files, {@code index/blocks/{version}-{fresh id}/{file}}. The
 * number is that of the version that the block was made for, which another writer may have
 * published instead.
 */
public record BlockName(String blockId, long version) {
    /** Where all blocks lie. */
    public static final String ROOT = "index/blocks/";

    private static final Pattern KEY =
            Pattern.compile(Pattern.quote(ROOT) + "((00\\d{18})-[0-9a-z]{26})/[^/]+");

    /** The id of a block that is made for a version, of which nobody else may use the fresh id. */
    public static String id(long version, String freshId) {
        return "%020d-%s".formatted(version, freshId);
    }

    /** The key of a file of a block. */
    public static String key(String blockId, String file) {
        return ROOT + blockId + "/" + file;
    }

    /** The name in a key; empty if it is no key of a block's file. */
    public static Optional<BlockName> of(String key) {
        var match = KEY.matcher(key);
        return match.matches()
                ? Optional.of(new BlockName(match.group(1), Long.parseLong(match.group(2))))
                : Optional.empty();
    }
}
