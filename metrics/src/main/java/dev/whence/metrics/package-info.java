/**
 * What every service measures alike, under one name and with the service as a tag: what it asks of
 * the store. The libraries count and know no meters; this room knows both, and is for the edges of
 * services alone.
 */
@NullMarked
package dev.whence.metrics;

import org.jspecify.annotations.NullMarked;
