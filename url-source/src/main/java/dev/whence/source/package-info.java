/**
 * URLs out of other people's files, one after the other in bounded memory: plain text, CSV, NDJSON,
 * CDX and CDXJ, Parquet; gzip and zstd are seen by their first bytes. What ingest reads for a claim
 * check and what the command line sends are read by the same code.
 */
@NullMarked
package dev.whence.source;

import org.jspecify.annotations.NullMarked;
