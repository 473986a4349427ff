package dev.whence.store;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** Gives the SDK's errors the names of the contract. */
final class S3Errors {
    private final String bucket;

    S3Errors(String bucket) {
        this.bucket = bucket;
    }

    /** What one try of a put that failed says about the object. */
    enum Verdict {
        /** There is an object already. */
        EXISTS,
        /** Not put, and another try may do. */
        NOT_PUT_NOW,
        /** Not put, and another try would end the same. */
        NOT_PUT,
        /** Put or not: the answer was lost, or says neither. */
        UNKNOWN
    }

    static Verdict verdict(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            return switch (answer.statusCode()) {
                case 412 -> Verdict.EXISTS;
                // Another conditional put of the key was under way; S3 asks to try again.
                case 409, 429 -> Verdict.NOT_PUT_NOW;
                case 503 -> "SlowDown".equals(code(answer)) ? Verdict.NOT_PUT_NOW : Verdict.UNKNOWN;
                default ->
                        answer.statusCode() >= 500 || answer.statusCode() == 408
                                ? Verdict.UNKNOWN
                                : Verdict.NOT_PUT;
            };
        }
        if (isCausedBy(e, FileSystemException.class)) {
            return Verdict.NOT_PUT;
        }
        return neverSent(e) ? Verdict.NOT_PUT_NOW : Verdict.UNKNOWN;
    }

    private static boolean neverSent(SdkException e) {
        return isCausedBy(e, ConnectException.class)
                || isCausedBy(e, NoRouteToHostException.class)
                || isCausedBy(e, UnknownHostException.class);
    }

    ObjectStoreException named(String key, String what, SdkException e) {
        String message =
                "cannot %s %s in bucket %s: %s".formatted(what, key, bucket, e.getMessage());
        if (e instanceof AwsServiceException answer) {
            return answered(key, message, answer);
        }
        if (e.getCause() instanceof ObjectStoreException ours) {
            // From our own reading of an answer's body.
            return ours;
        }
        if (isCausedBy(e, FileSystemException.class)) {
            return new ObjectStoreException(key, message, e);
        }
        return new StoreUnavailableException(key, message, e);
    }

    private static ObjectStoreException answered(
            String key, String message, AwsServiceException answer) {
        int status = answer.statusCode();
        return switch (status) {
            case 401, 403 -> new AccessDeniedException(key, message, answer);
            case 404 ->
                    "NoSuchBucket".equals(code(answer))
                            ? new ObjectStoreException(key, message, answer)
                            : new ObjectNotFoundException(key, message, answer);
            case 416 -> new RangeNotSatisfiableException(key, message, answer);
            case 408, 409, 429 -> new StoreUnavailableException(key, message, answer);
            default ->
                    status >= 500
                            ? new StoreUnavailableException(key, message, answer)
                            : new ObjectStoreException(key, message, answer);
        };
    }

    private static String code(AwsServiceException answer) {
        return answer.awsErrorDetails() == null ? "" : answer.awsErrorDetails().errorCode();
    }

    private static boolean isCausedBy(Throwable thrown, Class<? extends Throwable> type) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
