/**
 * From batches to committed landing files, exactly once and without a database. The reading thread
 * takes records one by one into the open {@link dev.whence.ingest.Flush} of their partition; the
 * writing thread sorts, writes and uploads a sealed flush and commits it with one entry of the
 * commit log, which alone makes its files real. Nothing here knows a framework or a Kafka client:
 * those stand in the edge packages {@code kafka} and {@code config}.
 */
@NullMarked
package dev.whence.ingest;

import org.jspecify.annotations.NullMarked;
