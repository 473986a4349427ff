package dev.whence.store;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The settings {@code whence.store.*}, the same for every service and for the command line. Whoever
 * reads configuration implements it; what is left out has its default here.
 */
public interface StoreSettings {

    /**
     * Where the objects lie: {@code s3://bucket/prefix}, {@code file:///directory}, or {@code
     * memory:/} (for tests: nothing is kept, and nobody else sees it).
     */
    URI location();

    /** The S3 server, as {@code http://} or {@code https://}; AWS itself if left out. */
    Optional<URI> endpoint();

    /** The region; {@code us-east-1} if left out. */
    Optional<String> region();

    /**
     * The access key; the SDK's default chain if left out: the environment, a role by a token (web
     * identity), a profile, the role of the pod or the machine.
     */
    Optional<String> accessKey();

    /** The secret key, given exactly when the access key is. */
    Optional<String> secretKey();

    /**
     * Whether buckets stand in the path instead of the host name; if left out, they do where an
     * endpoint is named.
     */
    Optional<Boolean> pathStyle();

    /**
     * Opens the store that these settings name.
     *
     * @throws IllegalArgumentException if one of them cannot be; its message names it
     */
    default ObjectStore open() {
        URI location = location();
        return switch (location.getScheme()) {
            case "s3" -> ObjectStores.s3(s3(location));
            case "file" -> directory(location);
            case "memory" -> ObjectStores.memory();
            case null, default -> throw noLocation(location);
        };
    }

    private static ObjectStore directory(URI location) {
        if (location.getPath() == null || location.getAuthority() != null) {
            throw noLocation(location);
        }
        return ObjectStores.directory(Path.of(location.getPath()));
    }

    private static IllegalArgumentException noLocation(URI location) {
        return new IllegalArgumentException(
                "whence.store.location is s3://bucket/prefix, file:///directory or memory:/, not "
                        + location);
    }

    private S3Settings s3(URI location) {
        if (location.getAuthority() == null || location.getPath() == null) {
            throw new IllegalArgumentException(
                    "whence.store.location names no bucket: s3://bucket/prefix is expected, not "
                            + location);
        }
        if (accessKey().isPresent() != secretKey().isPresent()) {
            throw new IllegalArgumentException(
                    "whence.store.access-key and whence.store.secret-key go together");
        }
        endpoint().ifPresent(StoreSettings::requireHttp);
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

    private static void requireHttp(URI endpoint) {
        boolean http = "http".equals(endpoint.getScheme()) || "https".equals(endpoint.getScheme());
        if (!http || endpoint.getHost() == null) {
            throw new IllegalArgumentException(
                    "whence.store.endpoint is http://host:port or https://host:port, not "
                            + endpoint);
        }
    }
}
