/**
 * Lists that come in pages: the URLs of a domain with their filters, its hosts, and the one URL
 * that somebody asks for. A page costs a bounded amount of work and memory however long its list
 * is, and a cursor goes on where it ended, in the version that it began with. Rows and counts come
 * from a view.
 */
@NullMarked
package dev.whence.query.listing;

import org.jspecify.annotations.NullMarked;
