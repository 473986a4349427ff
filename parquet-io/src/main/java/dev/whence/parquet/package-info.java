/**
 * Parquet over an object store: input by ranged reads, output to a local file that is checksummed
 * as it is written, and the page codecs, all without a Hadoop file system. What stands here knows
 * Parquet and objects but no URLs, so that foreign Parquet sources are read through it too.
 */
@NullMarked
package dev.whence.parquet;

import org.jspecify.annotations.NullMarked;
