/**
 * The beat of the query service: a thread that follows the chain of versions from start to
 * shutdown, and what it tells operators by log, metrics and health.
 */
@NullMarked
package dev.whence.query.schedule;

import org.jspecify.annotations.NullMarked;
