package dev.whence.index;

/** A row group of a live file whose bounds hold a domain: the domain may be in it. */
public record Posting(LakeFile file, int rowGroup) {}
