package dev.whence.query.rest;

/** A parameter that cannot be read; the message names it, what it should be, and what was found. */
public final class BadParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BadParameterException(String message) {
        super(message, null, false, false);
    }
}
