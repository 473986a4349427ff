package dev.whence.store;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Puts, tried again by rules of their own. Each put carries a random token as metadata of the
 * object. When a try's answer is lost and the next one finds an object, or a proxy on the way
 * repeats a request, the token tells whether that object is this very put's: only this makes {@link
 * PutResult#CREATED} and {@link PutResult#ALREADY_EXISTS} true in every case, and what it cannot
 * tell is an {@link UnknownOutcomeException}.
 */
final class S3Puts {
    private static final String TOKEN = "whence-put";
    private static final int MAX_TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private final S3Clients clients;
    private final String bucket;
    private final S3Errors errors;

    S3Puts(S3Clients clients, String bucket, S3Errors errors) {
        this.clients = clients;
        this.bucket = bucket;
        this.errors = errors;
    }

    /** Whether an object that a conditional put met is its own. */
    private enum Owner {
        THIS_PUT,
        ANOTHER_PUT,
        /** The object has no token, or is gone. */
        NOBODY_KNOWN
    }

    PutResult put(String key, String name, ObjectBody body, boolean onlyIfAbsent)
            throws ObjectStoreException {
        String token = UUID.randomUUID().toString();
        PutObjectRequest request = request(key, name, body, token, onlyIfAbsent);
        RequestBody content = content(body);
        boolean mayBePut = false;
        for (int attempt = 1; ; attempt++) {
            SdkException failure;
            try {
                clients.once().putObject(request, content);
                return PutResult.CREATED;
            } catch (SdkException e) {
                failure = e;
            }
            switch (S3Errors.verdict(failure)) {
                case EXISTS -> {
                    return whoseIsIt(key, name, token, mayBePut, failure);
                }
                case NOT_PUT -> throw failed(key, mayBePut, failure);
                case UNKNOWN -> mayBePut = true;
                case NOT_PUT_NOW -> {}
            }
            if (attempt == MAX_TRIES || !pause(attempt)) {
                throw failed(key, mayBePut, failure);
            }
        }
    }

    private PutResult whoseIsIt(
            String key, String name, String token, boolean mayBePut, SdkException failure)
            throws UnknownOutcomeException {
        return switch (owner(key, name, token, failure)) {
            case THIS_PUT -> PutResult.CREATED;
            case ANOTHER_PUT -> PutResult.ALREADY_EXISTS;
            case NOBODY_KNOWN -> {
                if (mayBePut) {
                    throw unknown(key, failure);
                }
                yield PutResult.ALREADY_EXISTS;
            }
        };
    }

    private Owner owner(String key, String name, String token, SdkException failure)
            throws UnknownOutcomeException {
        try {
            Map<String, String> metadata =
                    clients.repeating()
                            .headObject(head -> head.bucket(bucket).key(name))
                            .metadata();
            @Nullable String found = metadata.get(TOKEN);
            if (found == null) {
                return Owner.NOBODY_KNOWN;
            }
            return found.equals(token) ? Owner.THIS_PUT : Owner.ANOTHER_PUT;
        } catch (SdkException e) {
            if (errors.named(key, "read back", e) instanceof ObjectNotFoundException) {
                return Owner.NOBODY_KNOWN;
            }
            failure.addSuppressed(e);
            throw unknown(key, failure);
        }
    }

    private ObjectStoreException failed(String key, boolean mayBePut, SdkException failure) {
        return mayBePut ? unknown(key, failure) : errors.named(key, "put", failure);
    }

    private UnknownOutcomeException unknown(String key, SdkException failure) {
        return new UnknownOutcomeException(
                key,
                "%s may or may not have been put in bucket %s, read it back: %s"
                        .formatted(key, bucket, failure.getMessage()),
                failure);
    }

    private PutObjectRequest request(
            String key, String name, ObjectBody body, String token, boolean onlyIfAbsent)
            throws ObjectStoreException {
        long bytes = bytes(key, body);
        PutObjectRequest.Builder request =
                PutObjectRequest.builder()
                        .bucket(bucket)
                        .key(name)
                        .contentLength(bytes)
                        .metadata(metadata(body, token))
                        .overrideConfiguration(override ->
                                override.apiCallAttemptTimeout(S3Clients.attemptTimeout(bytes))
                                        .apiCallTimeout(S3Clients.callTimeout(bytes)));
        if (onlyIfAbsent) {
            request.ifNoneMatch("*");
        }
        return request.build();
    }

    private static Map<String, String> metadata(ObjectBody body, String token) {
        return switch (body) {
            case ObjectBody.Bytes bytes ->
                    Map.of(TOKEN, token, S3Checksum.NAME, S3Checksum.of(bytes.content()));
            case ObjectBody.LocalFile _ -> Map.of(TOKEN, token);
        };
    }

    private static long bytes(String key, ObjectBody body) throws ObjectStoreException {
        try {
            return switch (body) {
                case ObjectBody.Bytes bytes -> bytes.content().length;
                case ObjectBody.LocalFile file -> Files.size(file.path());
            };
        } catch (IOException e) {
            throw new ObjectStoreException(key, "cannot read the body of " + key + ": " + e, e);
        }
    }

    private static RequestBody content(ObjectBody body) {
        return switch (body) {
            case ObjectBody.Bytes bytes -> RequestBody.fromBytes(bytes.content());
            case ObjectBody.LocalFile file -> RequestBody.fromFile(file.path());
        };
    }

    /** Waits longer each time, and never in step with others; false if interrupted. */
    private static boolean pause(int attempt) {
        long longest = FIRST_PAUSE.toMillis() << attempt;
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest / 2, longest));
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
