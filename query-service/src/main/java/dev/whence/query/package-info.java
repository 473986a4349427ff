/**
 * From versions to answers. {@code version} follows the chain and opens versions, {@code lake}
 * reads rows of files, {@code view} is the one seam through which both are seen, {@code listing}
 * makes pages of what a view shows, and {@code rest} tells it over HTTP. Here stands what they
 * share: why a question gets no answer, what somebody means by a name, and how much is done and
 * kept at once.
 */
@NullMarked
package dev.whence.query;

import org.jspecify.annotations.NullMarked;
