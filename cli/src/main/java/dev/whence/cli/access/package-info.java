/**
 * How people change the access rules: straight in the store, by the chain that everybody follows.
 * There is no call for it in any service, so that whoever may ask questions can never change what
 * he is told.
 */
@NullMarked
package dev.whence.cli.access;

import org.jspecify.annotations.NullMarked;
