/**
 * Everything on one machine: the three services unchanged, in one process with a real broker and a
 * real S3 server, for a laptop and for trying things out. The only room that sees all three
 * services.
 */
@NullMarked
package dev.whence.standalone;

import org.jspecify.annotations.NullMarked;
