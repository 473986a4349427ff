package dev.whence.access;

/** A change of the rules that cannot be made; the message is for whoever asked for it. */
public final class RefusedChangeException extends Exception {
    private static final long serialVersionUID = 1L;

    public RefusedChangeException(String message) {
        super(message);
    }
}
