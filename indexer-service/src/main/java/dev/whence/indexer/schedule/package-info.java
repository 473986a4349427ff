/**
 * When the indexer works, and what the outside sees of it: one thread that publishes, those that
 * keep house and put files together, health checks and metrics. This is the only room of the
 * service that the framework enters.
 */
@NullMarked
package dev.whence.indexer.schedule;

import org.jspecify.annotations.NullMarked;
