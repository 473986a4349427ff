package dev.whence.merge;

/**
 * A Parquet file of a table or of a source.
 *
 * @param key its object in the store
 * @param bytes its length
 */
public record DataFile(String key, long bytes, Partition partition) {

    public static DataFile of(String key, long bytes) {
        return new DataFile(key, bytes, Partition.NONE);
    }
}
