package dev.whence.indexer;

import dev.whence.catalog.GenerationRef;
import dev.whence.catalog.SegmentRef;
import dev.whence.catalog.StackRef;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Folds of both stacks that the next version takes in. */
record ReadyFolds(List<Folded<GenerationRef>> generations, List<Folded<SegmentRef>> segments) {
    static final ReadyFolds NONE = new ReadyFolds(List.of(), List.of());

    int size() {
        return generations.size() + segments.size();
    }

    boolean isEmpty() {
        return size() == 0;
    }

    /** Ids of the blocks that they made. */
    Set<String> blockIds() {
        return all().map(folded -> folded.one().block().id()).collect(Collectors.toSet());
    }

    /** Keys of the blocks whose places they take. */
    List<String> oldKeys() {
        return all().flatMap(folded -> folded.oldKeys().stream()).toList();
    }

    /** A stack with all of its folds in their places. */
    static <R extends StackRef> List<R> takeInto(List<R> stack, List<Folded<R>> folds) {
        List<R> folded = stack;
        for (Folded<R> fold : folds) {
            folded = fold.takeInto(folded);
        }
        return folded;
    }

    private Stream<Folded<?>> all() {
        return Stream.concat(generations.stream(), segments.stream());
    }
}
