package dev.whence.cli.place;

import dev.whence.store.ObjectStore;
import dev.whence.store.StoreSettings;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/**
 * How an S3 server is reached. The secret key comes from the environment or the data directory
 * only: a command line is seen by everyone on the machine.
 */
public final class S3Options {
    private static final String PATH_STYLE = "WHENCE_STORE_PATH_STYLE";

    @Option(
            names = "--store-endpoint",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "The S3 server, if it is not AWS (or WHENCE_STORE_ENDPOINT).")
    private @Nullable String endpoint;

    @Option(
            names = "--store-region",
            scope = ScopeType.INHERIT,
            paramLabel = "REGION",
            description = "The region (or WHENCE_STORE_REGION).")
    private @Nullable String region;

    @Option(
            names = "--store-access-key",
            scope = ScopeType.INHERIT,
            paramLabel = "KEY",
            description =
                    "The access key (or WHENCE_STORE_ACCESS_KEY); its secret is"
                            + " WHENCE_STORE_SECRET_KEY.")
    private @Nullable String accessKey;

    /** Opens a store that is named on the command line: nothing of it is looked for in a file. */
    public ObjectStore open(String location) throws Failure {
        return open(uri(location), new Place(), true);
    }

    /**
     * @param named whether a person named the location; if not, what they leave out is that of the
     *     running {@code whence up}
     */
    ObjectStore open(URI location, Place place, boolean named) throws Failure {
        StoreSettings settings = settings(location, place, named);
        try {
            return settings.open();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, "the store '" + location + "': " + e.getMessage(), e);
        }
    }

    /** What was said, and what was found. */
    StoreSettings settings(URI location, Place place, boolean named) throws Failure {
        Optional<String> server =
                find(place, named, endpoint, "WHENCE_STORE_ENDPOINT", "s3_endpoint");
        return new Settings(
                location,
                server.isEmpty() ? Optional.empty() : Optional.of(uri(server.get())),
                find(place, named, region, "WHENCE_STORE_REGION", "region"),
                pathStyle(place),
                find(place, named, accessKey, "WHENCE_STORE_ACCESS_KEY", "access_key"),
                find(place, named, null, "WHENCE_STORE_SECRET_KEY", "secret_key"));
    }

    private static Optional<Boolean> pathStyle(Place place) throws Failure {
        Optional<String> said = place.environment(PATH_STYLE);
        if (said.isPresent() && !said.get().matches("true|false")) {
            throw new Failure(
                    ExitCode.USAGE,
                    PATH_STYLE + " is true or false, not '" + said.get() + "'",
                    null);
        }
        return said.map(Boolean::valueOf);
    }

    private static Optional<String> find(
            Place place, boolean named, @Nullable String option, String variable, String field)
            throws Failure {
        return place.find(option, variable, named ? "" : field);
    }

    static URI uri(String location) throws Failure {
        try {
            return URI.create(location);
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.USAGE, "'" + location + "' is not the URI of a store or server", e);
        }
    }

    private record Settings(
            URI location,
            Optional<URI> endpoint,
            Optional<String> region,
            Optional<Boolean> pathStyle,
            Optional<String> accessKey,
            Optional<String> secretKey)
            implements StoreSettings {

        @Override
        public String toString() {
            return "Settings[location=%s, endpoint=%s]".formatted(location, endpoint);
        }
    }
}
