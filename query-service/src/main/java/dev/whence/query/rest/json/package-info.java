/**
 * The answers as they are written: one record for each, with what the OpenAPI document says of its
 * fields. Nothing is decided here.
 */
@NullMarked
package dev.whence.query.rest.json;

import org.jspecify.annotations.NullMarked;
