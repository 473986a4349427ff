package dev.whence.ingest;

import java.io.IOException;

/**
 * An object that a claim check names could not be read, for a reason that may pass or may not:
 * whoever tries again decides when it is the batch's.
 */
final class DoubtfulSourceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What may be otherwise another time. */
    enum Doubt {
        /** The store refused to hand it out: credentials expire, and permissions come late. */
        REFUSED,
        /** What came is not what it should be: a bit may have turned on the way. */
        DAMAGED
    }

    private final Doubt doubt;
    private final BatchRefusedException refusal;

    DoubtfulSourceException(Doubt doubt, BatchRefusedException refusal) {
        super(Quoted.line(String.valueOf(refusal.getMessage())), refusal);
        this.doubt = doubt;
        this.refusal = refusal;
    }

    Doubt doubt() {
        return doubt;
    }

    /** What it means if it does not pass. */
    BatchRefusedException refusal() {
        return refusal;
    }
}
