package dev.whence.merge;

import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How a new column chunk is written.
 *
 * @param properties encodings, page sizes, bloom filter
 * @param zstdLevel 1 to 19, where the codec is ZSTD
 */
public record ChunkStyle(ParquetProperties properties, CompressionCodecName codec, int zstdLevel) {}
