package dev.whence.query.page;

/** Something to go to. */
public record Link(String name, String href) {}
