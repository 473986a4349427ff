package dev.whence.store;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and who asks.
 *
 * @param endpoint the server; null for AWS itself
 * @param accessKey null: the SDK's default chain (environment, profile, instance role)
 * @param secretKey null exactly when accessKey is; never logged
 * @param keyPrefix put before every key, empty or ending with a slash, at most 40 characters
 * @param pathStyle {@code endpoint/bucket/key} instead of {@code bucket.endpoint/key}
 */
public record S3Settings(
        @Nullable URI endpoint,
        String region,
        String bucket,
        String keyPrefix,
        @Nullable String accessKey,
        @Nullable String secretKey,
        boolean pathStyle) {

    /** With a key of 900 bytes behind it, it stays within the 1,024 that S3 takes. */
    private static final int MAX_KEY_PREFIX_CHARS = 40;

    public S3Settings {
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "S3 access key and secret key: give both, or neither for the default chain");
        }
        if (bucket.isBlank() || region.isBlank()) {
            throw new IllegalArgumentException("S3 bucket and region must be named");
        }
        if (!keyPrefix.isEmpty()) {
            if (!keyPrefix.endsWith("/") || keyPrefix.length() > MAX_KEY_PREFIX_CHARS) {
                throw new IllegalArgumentException(
                        "S3 key prefix \"%s\": it must end with a slash and have at most %d characters"
                                .formatted(keyPrefix, MAX_KEY_PREFIX_CHARS));
            }
            Keys.check(keyPrefix.substring(0, keyPrefix.length() - 1));
        }
    }

    @Override
    public String toString() {
        return "S3Settings[endpoint=%s, region=%s, bucket=%s, keyPrefix=%s, pathStyle=%s]"
                .formatted(endpoint, region, bucket, keyPrefix, pathStyle);
    }
}
