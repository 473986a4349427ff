/**
 * Canonical URLs: the one implementation that ingest, queries and the command line share. A URL is
 * parsed as the URL Standard says, brought to its canonical form, cut at its registrable domain and
 * fingerprinted with XXH3-64.
 */
@NullMarked
package dev.whence.url;

import org.jspecify.annotations.NullMarked;
