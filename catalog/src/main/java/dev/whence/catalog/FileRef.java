package dev.whence.catalog;

/** A file of a block: its name in it, its bytes, and the CRC32C of them all. */
public record FileRef(String name, long bytes, int crc32c) {}
