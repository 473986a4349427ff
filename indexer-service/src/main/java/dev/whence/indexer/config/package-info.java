/**
 * The settings {@code whence.indexer.*} and {@code whence.store.*} as they come from the outside:
 * each default stands here once, each bound is checked where the value is used, and a service with
 * an unsafe setting does not start.
 */
@NullMarked
package dev.whence.indexer.config;

import org.jspecify.annotations.NullMarked;
