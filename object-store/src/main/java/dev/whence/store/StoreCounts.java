package dev.whence.store;

/**
 * What a store was asked. Failed calls count too; bytes count only when they were moved.
 *
 * @param heads calls of head
 * @param gets whole reads: get, open and download
 * @param ranges calls of getRange
 * @param puts puts, puts-if-absent and copies-if-absent
 * @param deletes calls of delete
 * @param lists calls of list, however many pages they took
 * @param bytesRead bytes that gets and ranges returned; of a stream, those that were read from it
 * @param bytesWritten bytes of the bodies of puts that returned, whether created or not; a copy has
 *     none
 */
public record StoreCounts(
        long heads,
        long gets,
        long ranges,
        long puts,
        long deletes,
        long lists,
        long bytesRead,
        long bytesWritten) {

    /** What was asked since the earlier counts. */
    public StoreCounts since(StoreCounts earlier) {
        return new StoreCounts(
                heads - earlier.heads,
                gets - earlier.gets,
                ranges - earlier.ranges,
                puts - earlier.puts,
                deletes - earlier.deletes,
                lists - earlier.lists,
                bytesRead - earlier.bytesRead,
                bytesWritten - earlier.bytesWritten);
    }

    /** Calls that each cost a round trip, at least. */
    public long calls() {
        return heads + gets + ranges + puts + deletes + lists;
    }
}
