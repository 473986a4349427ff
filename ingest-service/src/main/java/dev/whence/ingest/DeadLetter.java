package dev.whence.ingest;

/** A record that could not be taken, and why. */
public record DeadLetter(Tenure origin, BatchRecord record, String reason) {

    /** The same for the same record, however often it is sent. */
    public String id() {
        return origin.partition().topicId()
                + ":"
                + origin.partition().partition()
                + ":"
                + record.offset();
    }
}
