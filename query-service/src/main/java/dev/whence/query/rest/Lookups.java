package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.rest.json.LookupAnswer;
import dev.whence.query.rest.json.LookupQuestion;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.View;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Looks many domains up at once. */
@Singleton
final class Lookups {
    private static final int MOST_DOMAINS = 10_000;
    private static final int MOST_EXPORTED = 100_000;

    /** From so many on, few such questions are answered side by side. */
    private static final int HEAVY_DOMAINS = 1_000;

    /** Holdings of all domains together in one answer: some 30 MB of JSON. */
    private static final int MOST_HOLDINGS = 500_000;

    private final CanonicalNames names;
    private final CallMetrics metrics;

    /** What somebody typed, and either the domain that it is, or why it is none. */
    private record Asked(String text, String domain, String problem) {}

    @Inject
    Lookups(CanonicalNames names, CallMetrics metrics) {
        this.names = names;
        this.metrics = metrics;
    }

    /** The domains of a question, as they came. */
    List<String> domains(LookupQuestion question) {
        return domains(question, MOST_DOMAINS);
    }

    /** The same for an export, which takes as many as a body holds. */
    List<String> exported(LookupQuestion question) {
        return domains(question, MOST_EXPORTED);
    }

    private static List<String> domains(LookupQuestion question, int most) {
        List<String> domains = new ArrayList<>();
        if (question.domains() != null) {
            for (String domain : question.domains()) {
                if (domain == null) {
                    throw new BadParameterException("domains holds texts, and no null.");
                }
                domains.add(domain);
            }
        }
        if (domains.isEmpty() || domains.size() > most) {
            throw new BadParameterException(
                    "domains holds 1 to %,d domains, not %d; ask for more in several calls."
                            .formatted(most, domains.size()));
        }
        return domains;
    }

    static boolean isHeavy(List<String> domains) {
        return domains.size() >= HEAVY_DOMAINS;
    }

    LookupAnswer answer(View view, List<String> domains) throws QueryException, IOException {
        List<Asked> asked = domains.stream().map(this::asked).toList();
        List<DomainDatasets> found =
                view.holdings(
                        asked.stream()
                                .filter(each -> each.problem().isEmpty())
                                .map(Asked::domain)
                                .toList());
        if (found.stream().mapToLong(each -> each.holdings().size()).sum() > MOST_HOLDINGS) {
            throw new QueryException.TooMuch(
                    "These domains have more than %,d holdings together; ask for fewer at once."
                            .formatted(MOST_HOLDINGS));
        }
        found.forEach(each -> metrics.lookup(!each.holdings().isEmpty()));
        Iterator<DomainDatasets> next = found.iterator();
        return new LookupAnswer(
                view.number(),
                asked.stream()
                        .map(each ->
                                each.problem().isEmpty()
                                        ? LookupAnswer.Item.of(each.text(), next.next())
                                        : LookupAnswer.Item.invalid(each.text(), each.problem()))
                        .toList());
    }

    private Asked asked(String text) {
        try {
            return new Asked(text, names.domain(text), "");
        } catch (QueryException e) {
            return new Asked(text, "", String.valueOf(e.getMessage()));
        }
    }
}
