/**
 * The lake of URL files: one schema, one layout, one sort order. Rows are buffered, sorted and
 * written here, and read back here: by domain runs to build an index, by pages to answer a query,
 * in sort order to compare.
 */
@NullMarked
package dev.whence.lake;

import org.jspecify.annotations.NullMarked;
