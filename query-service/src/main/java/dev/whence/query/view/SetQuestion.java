package dev.whence.query.view;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Domains by who holds them: all of these datasets, at least one of those where any are named, and
 * none of the rest. At least one of the first two names a dataset.
 */
public record SetQuestion(List<Integer> allOf, List<Integer> anyOf, List<Integer> noneOf) {
    public SetQuestion {
        allOf = List.copyOf(allOf);
        anyOf = List.copyOf(anyOf);
        noneOf = List.copyOf(noneOf);
        if (allOf.isEmpty() && anyOf.isEmpty()) {
            throw new IllegalArgumentException("a set of nothing but what is not in it");
        }
    }

    /** The datasets that it names. */
    public Stream<Integer> datasets() {
        return Stream.of(allOf, anyOf, noneOf).flatMap(List::stream);
    }

    /** Whether a domain with these holders is in the set. */
    boolean matches(Collection<Integer> holders) {
        Set<Integer> held = new HashSet<>(holders);
        return held.containsAll(allOf)
                && (anyOf.isEmpty() || anyOf.stream().anyMatch(held::contains))
                && noneOf.stream().noneMatch(held::contains);
    }
}
