/**
 * The settings of ingest as they come from the outside: each default stands here once, and a
 * service with a setting that is unsafe or out of its bounds does not start.
 */
@NullMarked
package dev.whence.ingest.config;

import org.jspecify.annotations.NullMarked;
