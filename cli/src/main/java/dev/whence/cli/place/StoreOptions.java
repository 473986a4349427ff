package dev.whence.cli.place;

import dev.whence.store.ObjectStore;
import dev.whence.store.StoreSettings;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The object store. Its secret key comes from the environment or the data directory only: a command
 * line is seen by everyone on the machine.
 */
public final class StoreOptions {
    @Option(
            names = "--store",
            paramLabel = "LOCATION",
            description =
                    "The store: s3://BUCKET/PREFIX or file:///DIRECTORY (or WHENCE_STORE_LOCATION).")
    private @Nullable String location;

    @Option(
            names = "--store-endpoint",
            paramLabel = "URL",
            description = "The S3 server, if it is not AWS (or WHENCE_STORE_ENDPOINT).")
    private @Nullable String endpoint;

    @Option(
            names = "--store-region",
            paramLabel = "REGION",
            description = "The region (or WHENCE_STORE_REGION).")
    private @Nullable String region;

    @Option(
            names = "--store-access-key",
            paramLabel = "KEY",
            description =
                    "The access key (or WHENCE_STORE_ACCESS_KEY); its secret is"
                            + " WHENCE_STORE_SECRET_KEY.")
    private @Nullable String accessKey;

    @Mixin private Place place = new Place();

    public ObjectStore open() throws Failure {
        Settings settings = settings();
        try {
            return settings.open();
        } catch (IllegalArgumentException e) {
            throw new Failure(
                    ExitCode.USAGE,
                    "the store '" + settings.location() + "': " + e.getMessage(),
                    e);
        }
    }

    private Settings settings() throws Failure {
        String found =
                place.require(location, "WHENCE_STORE_LOCATION", "store_location", "the store");
        // Whoever names another store does not mean the one whose address and keys lie around.
        boolean own = place.isSaid(location, "WHENCE_STORE_LOCATION");
        Optional<String> server = find(own, endpoint, "WHENCE_STORE_ENDPOINT", "s3_endpoint");
        return new Settings(
                uri(found),
                server.isEmpty() ? Optional.empty() : Optional.of(uri(server.get())),
                find(own, region, "WHENCE_STORE_REGION", "region"),
                find(own, accessKey, "WHENCE_STORE_ACCESS_KEY", "access_key"),
                find(own, null, "WHENCE_STORE_SECRET_KEY", "secret_key"));
    }

    private Optional<String> find(
            boolean own, @Nullable String option, String variable, String field) throws Failure {
        return place.find(option, variable, own ? "" : field);
    }

    private static URI uri(String location) throws Failure {
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
            Optional<String> accessKey,
            Optional<String> secretKey)
            implements StoreSettings {

        @Override
        public Optional<Boolean> pathStyle() {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return "Settings[location=%s, endpoint=%s]".formatted(location, endpoint);
        }
    }
}
