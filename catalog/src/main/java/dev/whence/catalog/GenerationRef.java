package dev.whence.catalog;

/**
 * A generation of the dictionary: the domains with the ordinals {@code firstOrdinal … firstOrdinal
 * + domains - 1}.
 */
public record GenerationRef(Block block, int firstOrdinal, int domains) implements StackRef {

    @Override
    public long start() {
        return firstOrdinal;
    }

    @Override
    public long end() {
        return (long) firstOrdinal + domains;
    }
}
