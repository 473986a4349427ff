/**
 * From the chain of versions to one that is open: follow the chain, fetch what a version needs to
 * the local disk, map it, and lend it out under leases, so that a swap waits for nobody and nobody
 * for a swap. What stands in an open version is for the view alone to read.
 */
@NullMarked
package dev.whence.query.version;

import org.jspecify.annotations.NullMarked;
