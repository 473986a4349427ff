package dev.whence.cli.ask;

import dev.whence.cli.place.Question;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of a domain's URLs are meant, in the words of the API. */
public final class UrlFilters {
    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "Only URLs of this host, with its port if it has one.")
    private @Nullable String host;

    @Option(
            names = "--path-prefix",
            paramLabel = "PREFIX",
            description = "Only URLs whose path and query begin so, such as /blog/.")
    private @Nullable String pathPrefix;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only URLs captured from this time on: 2024-06-14, or with T12:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Only URLs captured before this.")
    private @Nullable String to;

    /** Adds them to a question. */
    public Question in(Question question) {
        return question.with("host", host)
                .with("path_prefix", pathPrefix)
                .with("from", from)
                .with("to", to);
    }
}
