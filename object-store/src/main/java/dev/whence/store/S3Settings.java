package dev.whence.store;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where a bucket is and who asks.
 *
 * @param endpoint the server; null for AWS itself
 * @param accessKey null: the SDK's default chain (environment, profile, instance role)
 * @param secretKey null exactly when accessKey is; never logged
 * @param keyPrefix put before every key, empty or ending with a slash
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

    @Override
    public String toString() {
        return "S3Settings[endpoint=%s, region=%s, bucket=%s, keyPrefix=%s, pathStyle=%s]"
                .formatted(endpoint, region, bucket, keyPrefix, pathStyle);
    }
}
