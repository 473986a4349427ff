package dev.whence.indexer;

import dev.whence.index.CorruptIndexFileException;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.store.ObjectNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;

/** Signs that a block on the local disk is no more what was fetched. */
final class LocalDamage {
    private LocalDamage() {}

    /**
     * Whether a failure is one that damage could cause. Not all of it is met by a checksum: those
     * of a mapped file are compared once, and what turns later may name a file that is not there,
     * or a version that its check refuses. What it was is found by reading the blocks.
     */
    static boolean mayBeBehind(Exception failure) {
        return switch (failure) {
            case UncheckedIOException e when e.getCause() != null -> mayBeBehind(e.getCause());
            case CorruptIndexFileException e -> true;
            case NoSuchFileException e -> true;
            case ObjectNotFoundException e -> true;
            case CorruptUrlFileException e -> true;
            case CheckFailedException e -> true;
            case RuntimeException e -> true;
            default -> false;
        };
    }
}
