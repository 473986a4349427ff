/**
 * The index: a stack of dictionary generations (domain to ordinal) and a stack of segments (what
 * each publish changed), as immutable mapped files in one envelope, and the snapshot that answers
 * from both. See {@code docs/format/}.
 */
@NullMarked
package dev.whence.index;

import org.jspecify.annotations.NullMarked;
