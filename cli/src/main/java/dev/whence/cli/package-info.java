/**
 * The {@code whence} command: one class for each subcommand, and how their answers are printed.
 * Questions go to the query service over HTTP; loads go to Kafka; {@code check}, {@code index},
 * {@code access} and {@code takedown} open the store itself, and {@code merge}, what keeps tables
 * in shape and {@code table} any directory or bucket.
 */
@NullMarked
package dev.whence.cli;

import org.jspecify.annotations.NullMarked;
