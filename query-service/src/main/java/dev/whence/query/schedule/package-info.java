/**
 * The beat of the query service: threads that follow the chains of versions and of access rules
 * from start to shutdown, and what it tells operators by log, metrics and health.
 */
@NullMarked
package dev.whence.query.schedule;

import org.jspecify.annotations.NullMarked;
