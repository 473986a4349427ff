/**
 * From files to batches in Kafka, and from there to the version that serves them: rows are packed
 * into messages of bounded size, sent with every guarantee that the producer has, and found again
 * by the log positions of the versions.
 */
@NullMarked
package dev.whence.cli.load;

import org.jspecify.annotations.NullMarked;
