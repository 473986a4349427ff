package dev.whence.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings {@code whence.store.*}, the same for every service and for the command line. Whoever
 * reads configuration implements it; what is left out has its default here.
 */
public interface StoreSettings {

    /** {@code s3://bucket/prefix}, {@code file:///directory} or {@code memory:}. */
    URI location();

    /** The S3 server; none for AWS itself. */
    Optional<URI> endpoint();

    /** The region; {@code us-east-1} if left out. */
    Optional<String> region();

    /** Access key; the SDK's default chain if left out. */
    Optional<String> accessKey();

    /** Secret key, given exactly when the access key is. */
    Optional<String> secretKey();

    /**
     * Whether buckets stand in the path instead of the host name; if left out, they do where an
     * endpoint is named.
     */
    Optional<Boolean> pathStyle();

    /**
     * Opens the store that these settings name.
     *
     * @throws IllegalArgumentException if the location is none of the three, or one key is given
     *     without the other
     */
    default ObjectStore open() {
        URI location = location();
        return switch (location.getScheme()) {
            case "s3" -> ObjectStores.s3(s3(location));
            case "file" -> ObjectStores.directory(Path.of(location));
            case "memory" -> ObjectStores.memory();
            case null, default ->
                    throw new IllegalArgumentException(
                            "whence.store.location is s3://bucket/prefix, file:///directory or memory:, not "
                                    + location);
        };
    }

    private S3Settings s3(URI location) {
        if (accessKey().isPresent() != secretKey().isPresent()) {
            throw new IllegalArgumentException(
                    "whence.store.access-key and whence.store.secret-key go together");
        }
        String path = location.getPath().replaceAll("^/+|/+$", "");
        return new S3Settings(
                endpoint().orElse(null),
                region().orElse("us-east-1"),
                location.getAuthority(),
                path.isEmpty() ? "" : path + "/",
                accessKey().orElse(null),
                secretKey().orElse(null),
                pathStyle().orElse(endpoint().isPresent()));
    }
}
