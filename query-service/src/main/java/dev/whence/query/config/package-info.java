/**
 * Where configuration becomes parts: the settings with their defaults, checked at the start, and
 * the parts of the query service, each made once. Everything else takes plain constructors.
 */
@NullMarked
package dev.whence.query.config;

import org.jspecify.annotations.NullMarked;
