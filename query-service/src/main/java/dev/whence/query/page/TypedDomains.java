package dev.whence.query.page;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;

/** The domain that people mean by what they type or paste: a domain, a host, or a URL of it. */
@Singleton
final class TypedDomains {
    private static final Pattern SCHEME = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://.*");

    private final CanonicalNames names;

    @Inject
    TypedDomains(CanonicalNames names) {
        this.names = names;
    }

    String of(String text) throws QueryException {
        String typed = text.strip();
        if (SCHEME.matcher(typed).matches()) {
            return names.url(typed).domain();
        }
        return typed.chars().anyMatch(c -> "/:?#@".indexOf(c) >= 0)
                ? names.url("http://" + typed).domain()
                : names.domain(typed);
    }
}
