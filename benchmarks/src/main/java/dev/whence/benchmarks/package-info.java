/**
 * Every claim of speed, as a ratio with a peer, a baseline or a physical limit that is measured in
 * the same run: {@code ./whence bench NAME}.
 */
@NullMarked
package dev.whence.benchmarks;

import org.jspecify.annotations.NullMarked;
