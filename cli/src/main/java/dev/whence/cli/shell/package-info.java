/**
 * Completion for shells, made from the commands as they are, with the names of datasets as the
 * server tells them. A name is data that others chose: no shell ever evaluates one.
 */
@NullMarked
package dev.whence.cli.shell;

import org.jspecify.annotations.NullMarked;
