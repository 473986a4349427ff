/**
 * Lists of domains, of any length: read line by line, asked for in batches that all come from one
 * version, and printed in the order of the list as the answers come.
 */
@NullMarked
package dev.whence.cli.lookup;

import org.jspecify.annotations.NullMarked;
