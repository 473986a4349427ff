/**
 * Stores around a store, for tests of what stands on one: a store that fails, dies or hides what it
 * did at a chosen write, and one that counts what it is asked. Real stores do all of it; these do
 * it when told to.
 */
@NullMarked
package dev.whence.store.fault;

import org.jspecify.annotations.NullMarked;
