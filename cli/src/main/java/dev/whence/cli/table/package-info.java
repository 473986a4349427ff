/**
 * Tables in directories and buckets, as the command line names them: how one is opened, what is
 * asked of every change of one, and how a change is told of.
 */
@NullMarked
package dev.whence.cli.table;

import org.jspecify.annotations.NullMarked;
