/**
 * Where the servers and the store are, as the command line, the environment or a running {@code
 * whence up} say, the way to them, and how a command tells what went wrong there.
 */
@NullMarked
package dev.whence.cli.place;

import org.jspecify.annotations.NullMarked;
