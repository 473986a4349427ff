package dev.whence.indexer;

import java.util.List;

/**
 * What a publish takes into one dataset.
 *
 * @param added the files that become live, in the order in which they take effect
 * @param superseded keys of landing files that a reduced copy, or nothing, takes the place of
 * @param rowsRead rows of all landing files
 * @param rowsKnown those that the dataset already held
 * @param rowsCompared rows of held files that were read to find out
 */
record Intake(
        int datasetId,
        List<LiveFile> added,
        List<String> superseded,
        long rowsRead,
        long rowsKnown,
        long rowsCompared) {

    long rowsAdded() {
        return rowsRead - rowsKnown;
    }
}
