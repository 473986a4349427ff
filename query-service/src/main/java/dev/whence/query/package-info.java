/**
 * From versions to answers. {@code version} follows the chain and opens versions, {@code lake}
 * reads rows of files, {@code access} knows who may see what, {@code view} is the one seam through
 * which all of it is seen. {@code listing} makes pages of what a view shows, {@code export} files,
 * {@code cdx} captures; {@code rest} and {@code page} tell it over HTTP, to programs and to people.
 * {@code config} reads the settings, {@code schedule} keeps the beat. Here stands what they share:
 * why a question gets no answer, what somebody means by a name, and how much is done and kept at
 * once.
 */
@NullMarked
package dev.whence.query;

import org.jspecify.annotations.NullMarked;
