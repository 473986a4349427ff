/**
 * A store around a store, for tests of what stands on one: it fails, dies or hides what it did at a
 * chosen write. Real stores do all of it; this one does it when told to.
 */
@NullMarked
package dev.whence.store.fault;

import org.jspecify.annotations.NullMarked;
