/**
 * How questions are put to a query service: by names that people use, to one version, page by page.
 * Every question command is made of these; how its answer looks is its own affair.
 */
@NullMarked
package dev.whence.cli.ask;

import org.jspecify.annotations.NullMarked;
