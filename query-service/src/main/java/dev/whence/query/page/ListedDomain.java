package dev.whence.query.page;

import dev.whence.query.QueryException;
import dev.whence.query.view.DomainDatasets;
import dev.whence.query.view.View;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A domain of a list, looked up.
 *
 * @param asked as it stands in the list
 * @param found who holds it; null if it is no domain
 * @param problem why not; empty if it is one
 */
record ListedDomain(String asked, @Nullable DomainDatasets found, String problem) {

    /** The three things that can be said of one. */
    enum Status {
        FOUND("found"),
        MISSING("in no dataset"),
        INVALID("not a domain");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    static ListedDomain lookUp(View view, TypedDomains typed, String asked)
            throws QueryException, IOException {
        String domain;
        try {
            domain = typed.of(asked);
        } catch (QueryException.InvalidDomain | QueryException.InvalidUrl e) {
            return new ListedDomain(asked, null, String.valueOf(e.getMessage()));
        }
        return new ListedDomain(asked, view.holdings(domain), "");
    }

    Status status() {
        if (found == null) {
            return Status.INVALID;
        }
        return found.holdings().isEmpty() ? Status.MISSING : Status.FOUND;
    }

    /** Its registrable domain; empty if it is none. */
    String domain() {
        return found == null ? "" : found.domain();
    }
}
