package dev.whence.cli.ask;

import dev.whence.cli.place.ExitCode;
import dev.whence.cli.place.Failure;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.InvalidUrlException;
import dev.whence.url.PublicSuffixes;
import dev.whence.url.UrlCanonicalizer;

/** The domain or host that a person typed, or pasted as a URL. */
public final class TypedDomain {
    private TypedDomain() {}

    /** What to ask the server for; the server knows which domain a host belongs to. */
    public static String of(String typed) throws Failure {
        var urls = new UrlCanonicalizer(PublicSuffixes.bundled());
        try {
            if (!typed.contains("/")) {
                urls.domainOf(typed);
                return typed.strip();
            }
            CanonicalUrl pasted = urls.canonicalize(typed);
            return pasted.host().replaceFirst(":[0-9]+$", "");
        } catch (InvalidUrlException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "'%s' is no domain, host or URL: %s"
                            .formatted(typed, e.rejection().explanation()),
                    e);
        }
    }
}
