/**
 * The {@code whence} command: one class for each subcommand, and how their answers are printed.
 * Questions go to the query service over HTTP; loads go to Kafka; only {@code check} opens the
 * store itself.
 */
@NullMarked
package dev.whence.cli;

import org.jspecify.annotations.NullMarked;
