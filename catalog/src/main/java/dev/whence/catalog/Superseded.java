package dev.whence.catalog;

/**
 * An object that older versions name and this version no longer does; {@code version} is the first
 * without it.
 */
public record Superseded(String key, long version) {}
