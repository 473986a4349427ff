package dev.whence.catalog;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the key of a block's file says: the block's id, and the version that it was built for (which
 * another writer may have published instead).
 */
public record RetentionBlockName(String blockId, long version) {
    /** Where all blocks lie. */
    public static final String ROOT = "index/blocks/";

    private static final Pattern KEY =
            Pattern.compile(Pattern.quote(ROOT) + "((00\\d{18})-[0-9a-z]{26})/[^/]+");

    /** The name in a key; empty if it is no key of a block's file. */
    public static Optional<RetentionBlockName> of(String key) {
        var match = KEY.matcher(key);
        return match.matches()
                ? Optional.of(
                        new RetentionBlockName(match.group(1), Long.parseLong(match.group(2))))
                : Optional.empty();
    }
}
