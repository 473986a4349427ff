/**
 * Writes new files. What a merge leaves alone is copied as bytes, with its statistics, indexes and
 * bloom filters: whole row groups, and in row groups whose rows stay where they are also every
 * column in which no row changes. Only the rest is decoded and encoded again, a column at a time.
 */
@NullMarked
package dev.whence.merge.rewrite;

import org.jspecify.annotations.NullMarked;
