package dev.whence.store;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * Two clients of one bucket over one pool of connections. Whatever may be asked twice goes through
 * {@link #repeating}, which tries again by itself. Puts go through {@link #once}: a put that was
 * repeated out of sight could meet its own first try, and call it somebody else's.
 */
record S3Clients(S3Client repeating, S3Client once, SdkHttpClient connections)
        implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;
    private static final int MAX_ATTEMPTS = 4;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** The longest silence on a connection. */
    private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(20);

    private static final Duration ATTEMPT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(90);

    /** Slower than this a transfer is given up: 1 MB/s. */
    private static final long MIN_BYTES_PER_MILLI = 1_000;

    static S3Clients open(S3Settings settings) {
        SdkHttpClient connections =
                Apache5HttpClient.builder()
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .connectionAcquisitionTimeout(ATTEMPT_TIMEOUT)
                        .socketTimeout(SOCKET_TIMEOUT)
                        .build();
        RetryStrategy repeat =
                AwsRetryStrategy.standardRetryStrategy().toBuilder()
                        .maxAttempts(MAX_ATTEMPTS)
                        .build();
        return new S3Clients(
                client(settings, connections, repeat),
                client(settings, connections, AwsRetryStrategy.doNotRetry()),
                connections);
    }

    private static S3Client client(
            S3Settings settings, SdkHttpClient connections, RetryStrategy retries) {
        S3ClientBuilder builder =
                S3Client.builder()
                        .httpClient(connections)
                        .region(Region.of(settings.region()))
                        .forcePathStyle(settings.pathStyle())
                        // Many S3 servers do not know the SDK's trailing checksums. Over HTTP the
                        // signature covers the bytes, over HTTPS the connection does, and what
                        // Whence writes carries checksums of its own.
                        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                        .overrideConfiguration(override ->
                                override.retryStrategy(retries)
                                        .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                                        .apiCallTimeout(CALL_TIMEOUT));
        if (settings.endpoint() != null) {
            builder.endpointOverride(settings.endpoint());
        }
        if (settings.accessKey() != null && settings.secretKey() != null) {
            builder.credentialsProvider(
                    StaticCredentialsProvider.create(
                            AwsBasicCredentials.create(
                                    settings.accessKey(), settings.secretKey())));
        }
        return builder.build();
    }

    /** How long one try may take that moves so many bytes. */
    static Duration attemptTimeout(long bytes) {
        return ATTEMPT_TIMEOUT.plusMillis(bytes / MIN_BYTES_PER_MILLI);
    }

    /** How long all tries together may take. */
    static Duration callTimeout(long bytes) {
        return CALL_TIMEOUT.plus(attemptTimeout(bytes).multipliedBy(MAX_ATTEMPTS));
    }

    @Override
    public void close() {
        repeating.close();
        once.close();
        connections.close();
    }
}
