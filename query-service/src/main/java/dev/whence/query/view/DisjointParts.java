package dev.whence.query.view;

import dev.whence.index.DatasetSelection;
import dev.whence.index.DatasetSets;
import dev.whence.index.DomainPage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A set as a union of parts that share no domain, each of which the index can answer: "in one of B"
 * is "in B1", "in B2 and not in B1", and so on.
 */
final class DisjointParts {
    private final DatasetSets sets;
    private final List<DatasetSelection> parts;

    DisjointParts(DatasetSets sets, SetQuestion question) {
        this.sets = sets;
        this.parts = of(question);
    }

    static List<DatasetSelection> of(SetQuestion question) {
        if (question.anyOf().isEmpty()) {
            return List.of(new DatasetSelection(question.allOf(), question.noneOf()));
        }
        List<DatasetSelection> parts = new ArrayList<>();
        List<Integer> noneOf = new ArrayList<>(question.noneOf());
        for (int datasetId : question.anyOf()) {
            List<Integer> allOf = new ArrayList<>(question.allOf());
            allOf.add(datasetId);
            parts.add(new DatasetSelection(allOf, noneOf));
            noneOf.add(datasetId);
        }
        return parts;
    }

    /** How many domains there are in a set. */
    static long count(DatasetSets sets, SetQuestion question) {
        return of(question).stream().mapToLong(sets::count).sum();
    }

    /** A page of the union: no further than the part that was looked through least far. */
    DomainNamesPage page(String prefix, String after, int limit) {
        var names = new TreeSet<String>();
        Optional<String> reached = Optional.empty();
        for (DatasetSelection part : parts) {
            DomainPage page = sets.domains(part, prefix, after, limit);
            names.addAll(page.domains());
            if (page.next().isPresent()
                    && (reached.isEmpty() || page.next().get().compareTo(reached.get()) < 0)) {
                reached = page.next();
            }
        }
        List<String> known =
                reached.map(last -> List.copyOf(names.headSet(last, true)))
                        .orElseGet(() -> List.copyOf(names));
        return new DomainNamesPage(known, reached).cutTo(limit);
    }
}
