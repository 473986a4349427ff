package dev.whence.catalog;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The two stacks that the index is made of. */
public enum IndexStack {
    GENERATIONS,
    SEGMENTS;

    /** As names of blocks have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The stack's blocks in a version, oldest first. */
    public List<? extends StackRef> of(Version version) {
        return switch (this) {
            case GENERATIONS -> version.generations();
            case SEGMENTS -> version.segments();
        };
    }

    /** The block of a version that begins there. */
    public Optional<Block> at(Version version, long start) {
        return of(version).stream()
                .filter(ref -> ref.start() == start)
                .<Block>map(StackRef::block)
                .findFirst();
    }
}
