package dev.whence.query.page;

/** Why there is no answer. */
public record ProblemPage(Frame frame, int status, String title, String detail) implements Page {}
