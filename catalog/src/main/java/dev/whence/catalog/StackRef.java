package dev.whence.catalog;

/** A block's place in one of the two stacks that the index is made of. */
public sealed interface StackRef permits GenerationRef, SegmentRef {

    Block block();

    /** Where it begins: with a generation's first ordinal, with a segment's first version. */
    long start();

    /** Where the block above it begins. */
    long end();
}
