package dev.whence.query.rest;

import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.cdx.CdxScope;
import dev.whence.query.cdx.MatchType;
import dev.whence.url.CanonicalUrl;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which URLs the {@code url} and {@code matchType} of a CDX request mean. */
@Singleton
final class CdxScopes {
    private static final String BELOW = "*.";

    private final CanonicalNames names;

    @Inject
    CdxScopes(CanonicalNames names) {
        this.names = names;
    }

    CdxScope of(@Nullable String url, @Nullable String matchType, @Nullable String dataset)
            throws QueryException {
        if (url == null) {
            throw new BadParameterException("url is required: url=example.com/*, for one.");
        }
        MatchType match = matchType == null ? MatchType.EXACT : named(matchType);
        String text = url;
        MatchType wildcard = null;
        if (text.startsWith(BELOW)) {
            wildcard = MatchType.DOMAIN;
            text = text.substring(BELOW.length()).replaceFirst("/?\\*$", "");
        } else if (text.endsWith("*")) {
            wildcard = MatchType.PREFIX;
            text = text.substring(0, text.length() - 1);
        }
        if (wildcard != null) {
            if (matchType != null && match != wildcard) {
                throw new BadParameterException(
                        "The * in url means matchType=%s; leave matchType out, or the *."
                                .formatted(wildcard.name().toLowerCase(Locale.ROOT)));
            }
            match = wildcard;
        }
        CanonicalUrl canonical = names.url(text);
        String host = canonical.host();
        if (match == MatchType.DOMAIN) {
            requireBelowSuffix(canonical);
            host = host.endsWith("]") ? host : host.replaceFirst(":[0-9]+$", "");
        }
        return new CdxScope(
                match,
                canonical.domain(),
                host,
                canonical.pathQuery(),
                Optional.ofNullable(dataset));
    }

    /** A public suffix is no domain: what is below it are domains of their own. */
    private void requireBelowSuffix(CanonicalUrl url) throws QueryException {
        boolean isName = !url.host().startsWith("[") && !url.host().matches("[0-9.]+(:[0-9]+)?");
        if (isName
                && url.host().equals(url.domain())
                && !names.domain("x." + url.domain()).equals(url.domain())) {
            throw new BadParameterException(
                    "%s is a public suffix; name a domain below it, and find those at /v1/domains."
                            .formatted(url.domain()));
        }
    }

    private static MatchType named(String text) {
        return Arrays.stream(MatchType.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() ->
                        new BadParameterException(
                                "matchType is exact, prefix, host or domain, not '%s'."
                                        .formatted(Parameters.shown(text))));
    }
}
