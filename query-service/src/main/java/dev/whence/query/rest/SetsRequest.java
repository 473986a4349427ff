package dev.whence.query.rest;

import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import dev.whence.query.export.SetListing;
import dev.whence.query.rest.json.SetsAnswer;
import dev.whence.query.rest.json.SetsQuestion;
import dev.whence.query.view.DomainNamesPage;
import dev.whence.query.view.SetQuestion;
import dev.whence.query.view.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A question about sets, checked.
 *
 * @param set empty where only an overlap is asked for
 * @param list what tells the list of its domains from others
 * @param overlap datasets to compare; none for no comparison
 */
record SetsRequest(
        Optional<SetQuestion> set,
        String prefix,
        String list,
        NamePage page,
        int limit,
        List<Integer> overlap) {
    private static final int MOST_DATASETS = 100;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MOST_DOMAINS = 10_000;

    static SetsRequest of(SetsQuestion question, @Nullable String version, CursorSeal seal)
            throws QueryException {
        List<Integer> allOf = datasets("all_of", question.allOf());
        List<Integer> anyOf = datasets("any_of", question.anyOf());
        List<Integer> noneOf = datasets("none_of", question.noneOf());
        List<Integer> overlap = datasets("overlap", question.overlap());
        boolean named = !allOf.isEmpty() || !anyOf.isEmpty();
        if (!named && (overlap.isEmpty() || !noneOf.isEmpty())) {
            throw new BadParameterException(
                    "Name a dataset in all_of or any_of, or datasets to compare in overlap alone.");
        }
        String prefix = Parameters.domainPrefix(question.prefix());
        String list = "sets %s %s %s %s".formatted(allOf, anyOf, noneOf, prefix);
        return new SetsRequest(
                named ? Optional.of(new SetQuestion(allOf, anyOf, noneOf)) : Optional.empty(),
                prefix,
                list,
                NamePage.of(question.cursor(), version, seal, list),
                limit(question.limit()),
                overlap);
    }

    /** The list of a question that asks for nothing but one. */
    static SetListing listing(SetsQuestion question, CursorSeal seal) throws QueryException {
        if (question.limit() != null || question.cursor() != null || question.overlap() != null) {
            throw new BadParameterException(
                    "The body of an export has no limit, cursor or overlap; limit and cursor are"
                            + " parameters of the address.");
        }
        SetsRequest request = of(question, null, seal);
        return new SetListing(request.set().orElseThrow(), request.prefix());
    }

    /** Refuses datasets that are not there. */
    SetsRequest check(View view) throws QueryException {
        List<Integer> named = new ArrayList<>(overlap);
        set.ifPresent(each -> each.datasets().forEach(named::add));
        for (int datasetId : named) {
            view.requireDataset(datasetId);
        }
        return this;
    }

    SetsAnswer answer(View view, SetsRequest checked) throws QueryException, IOException {
        Long count = null;
        var found = new DomainNamesPage(List.of(), Optional.empty());
        if (set.isPresent()) {
            count = view.sets().count(set.get());
            if (limit > 0) {
                found = view.sets().domains(set.get(), prefix, page.after(), limit);
            }
        }
        return new SetsAnswer(
                count,
                found.domains().stream().map(SetsAnswer.Item::of).toList(),
                NamePage.next(view, found.next(), list),
                overlap.isEmpty() ? null : overlap(view.sets().overlap(overlap)),
                view.number());
    }

    private SetsAnswer.Overlap overlap(long[][] shared) {
        return new SetsAnswer.Overlap(
                overlap.stream().map(Integer::toUnsignedLong).toList(),
                Arrays.stream(shared).map(row -> Arrays.stream(row).boxed().toList()).toList());
    }

    private static List<Integer> datasets(String name, @Nullable List<@Nullable Long> ids) {
        List<Integer> datasets = new ArrayList<>();
        for (Long id : ids == null ? List.<Long>of() : ids) {
            if (id == null || id < 0 || id > 0xFFFF_FFFFL || datasets.contains(id.intValue())) {
                throw new BadParameterException(
                        "%s holds ids of datasets, each once: %s is none, or stands there before."
                                .formatted(name, id));
            }
            datasets.add(id.intValue());
            if (datasets.size() > MOST_DATASETS) {
                throw new BadParameterException(
                        "%s holds at most %d datasets.".formatted(name, MOST_DATASETS));
            }
        }
        return datasets;
    }

    private static int limit(@Nullable Integer limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        if (limit < 0 || limit > MOST_DOMAINS) {
            throw new BadParameterException(
                    "limit is a number from 0 to %d, not '%d'.".formatted(MOST_DOMAINS, limit));
        }
        return limit;
    }
}
