/**
 * The Quarkus edge of ingest: settings with their defaults, start and stop with the application,
 * health and metrics, all named {@code ingest}, since other services may run in the same process.
 */
@NullMarked
package dev.whence.ingest.config;

import org.jspecify.annotations.NullMarked;
