package dev.whence.index;

/**
 * A file that was written for a block: its name in the block, its length, and the CRC32C of all its
 * bytes.
 */
public record BlockFile(String name, long bytes, int crc32c) {}
