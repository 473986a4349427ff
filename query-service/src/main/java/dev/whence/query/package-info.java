/**
 * From versions to answers: follow the chain of versions, open each on the local disk, and answer
 * from it which datasets hold a domain, how many of its URLs each holds, and which they are. The
 * index answers the first two from mapped memory; URLs come from the lake's files. Nothing here
 * knows HTTP or a framework.
 */
@NullMarked
package dev.whence.query;

import org.jspecify.annotations.NullMarked;
