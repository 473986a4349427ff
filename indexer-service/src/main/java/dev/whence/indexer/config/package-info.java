/**
 * The settings of the indexer, {@code whence.indexer.*} and those that all services have, as they
 * come from the outside: each default stands here once, and a service with a setting that is unsafe
 * or out of its bounds does not start.
 */
@NullMarked
package dev.whence.indexer.config;

import org.jspecify.annotations.NullMarked;
