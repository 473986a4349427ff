package dev.whence.faults;

import java.util.List;

/** What can go wrong on a {@link FaultyLink}. */
enum Trouble {
    NONE,

    /** Nobody listens: connections are refused, and those that there are, reset. */
    REFUSED,

    /**
     * A cable that is cut: nothing arrives, nobody is told. What was under way arrives when it is
     * whole again, as with TCP.
     */
    CUT,

    /** Every turn of the conversation comes late, and few bytes a second. */
    SLOW,

    /** The connection is reset, before the request arrives or where the answer would come. */
    RESET,

    /** HTTP: the request does not arrive; the answer is {@code 503 SlowDown}, as S3 gives it. */
    THROTTLED,

    /** The answer ends in its midst, and the connection with it. */
    CUT_SHORT,

    /** HTTP: one bit of an answer's body is another. */
    WRONG_BYTES;

    /** Whether it is the whole link's, and not of some requests alone. */
    boolean isOfTheLink() {
        return this == REFUSED || this == CUT;
    }

    /** Lets it happen for a while on links, to a share of the requests of each. */
    void happen(double share, int millis, List<FaultyLink> links) throws Exception {
        try {
            for (FaultyLink link : links) {
                link.suffer(this, share);
            }
            Thread.sleep(millis);
        } finally {
            for (FaultyLink link : links) {
                link.heal();
            }
        }
    }
}
