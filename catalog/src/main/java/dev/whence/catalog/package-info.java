/**
 * What is true, as chains of numbered objects that are put if absent and never changed: dataset
 * ids, the ingest commit log of each Kafka partition, index versions. The put of the next number is
 * the commit, and the only lock.
 */
@NullMarked
package dev.whence.catalog;

import org.jspecify.annotations.NullMarked;
