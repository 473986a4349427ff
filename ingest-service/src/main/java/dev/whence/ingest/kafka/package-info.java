/**
 * The Kafka edge of ingest: which partitions are ours and from which offset on, the reading thread
 * that polls them, and the topic of dead letters. Offsets come from the commit log; Kafka's own are
 * written for lag tools and never read.
 */
@NullMarked
package dev.whence.ingest.kafka;

import org.jspecify.annotations.NullMarked;
