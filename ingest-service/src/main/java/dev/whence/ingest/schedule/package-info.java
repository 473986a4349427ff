/**
 * When ingest works, and what the outside sees of it: it starts and stops with the application, and
 * tells of itself by health, metrics and traces, all named {@code ingest}, since other services may
 * run in the same process.
 */
@NullMarked
package dev.whence.ingest.schedule;

import org.jspecify.annotations.NullMarked;
