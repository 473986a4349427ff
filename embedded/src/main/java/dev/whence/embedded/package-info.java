/**
 * A real KRaft broker and a real S3 server inside this process: for {@code standalone} on a laptop,
 * and for every test that needs one.
 */
@NullMarked
package dev.whence.embedded;

import org.jspecify.annotations.NullMarked;
