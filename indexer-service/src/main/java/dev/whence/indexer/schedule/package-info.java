/**
 * When the indexer works, and what the outside sees of it: one thread that publishes, those that
 * keep house and put files together, health checks and metrics. Only here and in {@code config}
 * does the framework enter.
 */
@NullMarked
package dev.whence.indexer.schedule;

import org.jspecify.annotations.NullMarked;
