package dev.whence.cli.load;

/** A message, complete: its JSON, and how many URLs are in it. */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedBatch(byte[] json, int urls) {}
