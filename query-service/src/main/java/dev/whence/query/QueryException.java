package dev.whence.query;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Why a question gets no answer. The message is for whoever asked: it names what was asked, what is
 * there instead and what to do. Expected outcomes of a service, so they carry no stack trace.
 */
public abstract sealed class QueryException extends Exception {
    private static final long serialVersionUID = 1L;

    private QueryException(String message) {
        this(message, null);
    }

    private QueryException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }

    /** No version has been opened yet. */
    public static final class NotServing extends QueryException {
        private static final long serialVersionUID = 1L;

        public NotServing() {
            super("No version of the index has been opened yet; ask again in a moment.");
        }
    }

    /** No key, or none that is known, where one is needed. */
    public static final class Unauthenticated extends QueryException {
        private static final long serialVersionUID = 1L;

        private Unauthenticated(String problem) {
            super(problem);
        }

        /** Nobody is told anything without a key. */
        public static Unauthenticated keyNeeded() {
            return new Unauthenticated(
                    "This question needs a key: send Authorization: Bearer and the key, or"
                            + " X-Api-Key.");
        }

        /** A key that is none, or none any more; which, it does not say. */
        public static Unauthenticated unknownKey() {
            return new Unauthenticated(
                    "The key that was sent is not known here, or not any more; ask whoever runs"
                            + " this service for another.");
        }
    }

    /** Somebody who is known, and may not. */
    public static final class Forbidden extends QueryException {
        private static final long serialVersionUID = 1L;

        public Forbidden() {
            super("Only operators may ask this.");
        }
    }

    /**
     * The access rules are not known, or not well enough to hide what they hide, or say nothing.
     */
    public static final class RulesUnknown extends QueryException {
        private static final long serialVersionUID = 1L;

        public RulesUnknown() {
            super(
                    "What may be told is not known at the moment, so nothing is; ask again in a"
                            + " moment. If it lasts: the readiness of this service says why.");
        }
    }

    /** More of a heavy kind of question are being answered than this process takes on at once. */
    public static final class Busy extends QueryException {
        private static final long serialVersionUID = 1L;

        public Busy() {
            super(
                    "Too many questions of this kind are being answered at once; ask again in a"
                            + " moment, and a few at a time.");
        }
    }

    /** A version that has not been published. */
    public static final class UnknownVersion extends QueryException {
        private static final long serialVersionUID = 1L;

        public UnknownVersion(long number, long newest) {
            super(
                    "There is no version %d; the newest one served here is %d."
                            .formatted(number, newest));
        }
    }

    /** A version that is no longer kept. */
    public static final class RetiredVersion extends QueryException {
        private static final long serialVersionUID = 1L;

        public RetiredVersion(long number, long oldest, long newest) {
            super(
                    ("Version %d is no longer kept; versions %d to %d are. Ask without a version or"
                                    + " cursor to begin again at the newest.")
                            .formatted(number, oldest, newest));
        }
    }

    /** A version that is in the chain and cannot be served; the message is safe to show. */
    public static final class RefusedVersion extends QueryException {
        private static final long serialVersionUID = 1L;

        public RefusedVersion(long number, Throwable cause) {
            super("Version %d cannot be opened here.".formatted(number), cause);
        }
    }

    /** A dataset that the version does not know. */
    public static final class UnknownDataset extends QueryException {
        private static final long serialVersionUID = 1L;

        public UnknownDataset(int datasetId, long version) {
            super(
                    "Version %d has no dataset %s; see /v1/datasets."
                            .formatted(version, Integer.toUnsignedString(datasetId)));
        }
    }

    /** A text that names no domain. */
    public static final class InvalidDomain extends QueryException {
        private static final long serialVersionUID = 1L;

        public InvalidDomain(String problem) {
            super(problem);
        }
    }

    /** A text that is no URL. */
    public static final class InvalidUrl extends QueryException {
        private static final long serialVersionUID = 1L;

        public InvalidUrl(String problem) {
            super(problem);
        }
    }

    /** A question whose answer would take more work or memory than one answer may. */
    public static final class TooMuch extends QueryException {
        private static final long serialVersionUID = 1L;

        public TooMuch(String problem) {
            super(problem);
        }
    }

    /** An answer that was not made in the time that one may take. */
    public static final class TookTooLong extends QueryException {
        private static final long serialVersionUID = 1L;

        public TookTooLong(Duration most) {
            super(
                    "The answer was not made in %d seconds; ask for less, a smaller page or one dataset, or again in a moment."
                            .formatted(most.toSeconds()));
        }
    }

    /** A cursor that this service did not make for this list. */
    public static final class InvalidCursor extends QueryException {
        private static final long serialVersionUID = 1L;

        public InvalidCursor() {
            super(
                    "The cursor was not made for this list and its filters, or it was changed on the"
                            + " way; use next_cursor as it came, or begin again without one.");
        }
    }

    /**
     * A version that contradicts itself or the lake: better no answer than one that is silently
     * short.
     */
    public static final class InconsistentVersion extends QueryException {
        private static final long serialVersionUID = 1L;

        public InconsistentVersion(String problem) {
            super(problem);
        }
    }

    /** A dataset that is asked for by its name and is not there. */
    public static final class UnknownCollection extends QueryException {
        private static final long serialVersionUID = 1L;

        public UnknownCollection(long version) {
            super("Version %d has no dataset of this name; see /collinfo.json.".formatted(version));
        }
    }

    /** Nothing to tell, where that is an error: the indexes of archives have it so. */
    public static final class NoCaptures extends QueryException {
        private static final long serialVersionUID = 1L;

        public NoCaptures() {
            super("No Captures found");
        }
    }
}
