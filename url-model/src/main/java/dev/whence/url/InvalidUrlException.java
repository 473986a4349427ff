package dev.whence.url;

/**
 * An input that is not a URL, or not the name of a host, that Whence takes. The message does not
 * repeat the input.
 */
public final class InvalidUrlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    public InvalidUrlException(Rejection rejection, String message) {
        super(message);
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
