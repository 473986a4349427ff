/**
 * The merge itself: a plan, and its execution. Everything else of the library is a part of these
 * two steps, or makes their outcome visible.
 */
@NullMarked
package dev.whence.merge.run;

import org.jspecify.annotations.NullMarked;
