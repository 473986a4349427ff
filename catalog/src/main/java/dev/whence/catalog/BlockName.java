package dev.whence.catalog;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of blocks, and of their files: {@code index/blocks/{block id}/{file}}. */
public sealed interface BlockName {
    /** Where all blocks lie. */
    String ROOT = "index/blocks/";

    Pattern KEY = Pattern.compile(Pattern.quote(ROOT) + "([^/]+)/[^/]+");

    Pattern OWN = Pattern.compile("(00\\d{18})-[0-9a-z]{26}");

    Pattern FOLDED =
            Pattern.compile("folded-(generations|segments)-(00\\d{18})-(00\\d{18})-[0-9a-z]{26}");

    String blockId();

    /**
     * A block that was made for one version, {@code {version}-{fresh id}}, which another writer may
     * have published instead.
     */
    record Own(String blockId, long version) implements BlockName {}

    /**
     * A block that was made of adjacent blocks of a version's stack, {@code
     * folded-{stack}-{base}-{start}-{fresh id}}. The version in which the lowest of these ceases to
     * stand takes it in, or none ever does.
     *
     * @param base the version whose blocks were folded
     * @param start where the lowest of them begins, see {@link StackRef#start}
     */
    record Folded(String blockId, IndexStack stack, long base, long start) implements BlockName {

        /** The lowest of the blocks that it was made of, as its base names it. */
        public Optional<Block> lowest(Version base) {
            return stack.at(base, start);
        }
    }

    /** The id of a block that is made for a version, of which nobody else may use the fresh id. */
    static String id(long version, String freshId) {
        return "%020d-%s".formatted(version, freshId);
    }

    /** The id of a block that is folded from a stack of a version, see {@link Folded}. */
    static String foldedId(IndexStack stack, long base, long start, String freshId) {
        return "folded-%s-%020d-%020d-%s".formatted(stack.text(), base, start, freshId);
    }

    /** The key of a file of a block. */
    static String key(String blockId, String file) {
        return ROOT + blockId + "/" + file;
    }

    /** The name in a key; empty if it is no key of a block's file. */
    static Optional<BlockName> of(String key) {
        Matcher match = KEY.matcher(key);
        return match.matches() ? ofId(match.group(1)) : Optional.empty();
    }

    /** What a block's id says; empty if it is none that Whence gives. */
    static Optional<BlockName> ofId(String blockId) {
        Matcher own = OWN.matcher(blockId);
        if (own.matches()) {
            return Optional.of(new Own(blockId, Long.parseLong(own.group(1))));
        }
        Matcher folded = FOLDED.matcher(blockId);
        if (!folded.matches()) {
            return Optional.empty();
        }
        IndexStack stack =
                folded.group(1).equals(IndexStack.SEGMENTS.text())
                        ? IndexStack.SEGMENTS
                        : IndexStack.GENERATIONS;
        return Optional.of(
                new Folded(
                        blockId,
                        stack,
                        Long.parseLong(folded.group(2)),
                        Long.parseLong(folded.group(3))));
    }
}
