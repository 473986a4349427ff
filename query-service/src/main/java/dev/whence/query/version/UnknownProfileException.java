package dev.whence.query.version;

import dev.whence.url.UrlProfile;
import java.io.IOException;

/** A version whose URLs were brought to their canonical form by rules that this code lacks. */
public final class UnknownProfileException extends IOException {
    private static final long serialVersionUID = 1L;

    UnknownProfileException(long version, UrlProfile found, UrlProfile ours) {
        super(
                ("Version %d was made with URL profile %d and the suffix list of %s; this service"
                                + " has profile %d and the list of %s. Run a query-service of the release"
                                + " that made the version.")
                        .formatted(
                                version,
                                found.number(),
                                found.suffixListDate(),
                                ours.number(),
                                ours.suffixListDate()));
    }
}
