package dev.whence.query.version;

/**
 * The live files of a dataset, summed up.
 *
 * @param count how many there are
 * @param bytes how large they are together
 */
public record DatasetFiles(long count, long bytes) {
    static final DatasetFiles NONE = new DatasetFiles(0, 0);

    DatasetFiles and(DatasetFiles other) {
        return new DatasetFiles(count + other.count, bytes + other.bytes);
    }
}
