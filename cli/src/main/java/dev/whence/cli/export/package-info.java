/**
 * Lists of a query service as files that are whole or not there. An answer is written beside its
 * place under {@code .part}; it gets its name when the end that its format has was seen, and agrees
 * with what was written. What was cut off goes on where it was, by the cursor of its last row.
 */
@NullMarked
package dev.whence.cli.export;

import org.jspecify.annotations.NullMarked;
