package dev.whence.store;

/** How a put-if-absent ended. */
public enum PutResult {
    CREATED,
    ALREADY_EXISTS
}
