/**
 * The lake as CDX servers tell of captures: lines sorted by SURT, so that the tools of archivists
 * list URLs of datasets as they list those of web archives. Rows come from a view, in the order of
 * the lake's files; they are merged here into the order of CDX, in bounded memory. Knows nothing of
 * HTTP.
 */
@NullMarked
package dev.whence.query.cdx;

import org.jspecify.annotations.NullMarked;
