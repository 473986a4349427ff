/**
 * From committed landing files to index versions: plan → build → check → publish → retire. This
 * package knows the store, the catalog, the lake and the index, and nothing of the framework that
 * runs it; one publish reads only what is new and, for {@code insert}, what must be compared with
 * it. Any number of indexers may run at once, and each may die at any moment: the put of the next
 * version is the only thing that counts.
 */
@NullMarked
package dev.whence.indexer;

import org.jspecify.annotations.NullMarked;
