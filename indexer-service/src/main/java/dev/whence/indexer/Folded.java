package dev.whence.indexer;

import dev.whence.catalog.StackRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A block that is ready to take the place of adjacent ones. Nothing names it before a version takes
 * it in. Immutable.
 *
 * @param old oldest first, as the version named them of which the fold was made
 * @param one says the same as all of them
 */
record Folded<R extends StackRef>(FoldableStack<R> stack, List<R> old, R one) implements ReadyItem {
    Folded {
        old = List.copyOf(old);
    }

    @Override
    public long bytes() {
        return one.block().bytes();
    }

    /** Whether exactly these blocks still stand next to each other. */
    @Override
    public boolean fits(Base base) {
        return Collections.indexOfSubList(stack.of(base), old) >= 0;
    }

    /** A stack with the fold in the place of its blocks, which are there. */
    List<R> takeInto(List<R> blocks) {
        int from = Collections.indexOfSubList(blocks, old);
        var folded = new ArrayList<R>(blocks.subList(0, from));
        folded.add(one);
        folded.addAll(blocks.subList(from + old.size(), blocks.size()));
        return folded;
    }

    /** Keys of the blocks whose place it takes. */
    List<String> oldKeys() {
        return old.stream().flatMap(ref -> ref.block().keys().stream()).toList();
    }
}
