/**
 * Lists as files: any list that the service tells in pages can be taken whole, as NDJSON, CSV or
 * Parquet, streamed in bounded memory from one version under lease. An export is complete or
 * visibly failed: each format has an end of its own that only a whole file has, and whoever writes
 * it breaks the stream off where it cannot go on. Rows come from a view.
 */
@NullMarked
package dev.whence.query.export;

import org.jspecify.annotations.NullMarked;
