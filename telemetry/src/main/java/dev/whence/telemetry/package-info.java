/**
 * What every service tells of itself alike: metrics of the store and of the local disk, under one
 * name and with the service as a tag; fields of log lines; traces, and by what name services that
 * never call each other find the same one. The libraries count and know no meters; this room knows
 * both, and is for the edges of services alone.
 */
@NullMarked
package dev.whence.telemetry;

import org.jspecify.annotations.NullMarked;
