/**
 * Reads a whole version back, from the store alone, and compares the index with itself, with the
 * table of datasets and with the lake, in memory that does not grow with any of them.
 */
@NullMarked
package dev.whence.cli.check;

import org.jspecify.annotations.NullMarked;
