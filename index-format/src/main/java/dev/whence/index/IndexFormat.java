package dev.whence.index;

import java.nio.file.Path;

/**
 * The files of a block directory: the one place for their names, and for the range of format
 * versions that this code reads. A change of a payload's bytes raises {@link #version}.
 */
enum IndexFormat {
    /** Sorted domains of a generation. Version 2 brought the code of their suffixes. */
    DOMAINS("domains.dict", 1, 2),
    /** Rank to ordinal and back, of a generation that a merge made. Version 2 knows runs. */
    ORDINALS("ordinals", 1, 2),
    /** Which domains a generation does not hold. */
    FILTER("domains.filter", 1, 1),
    /** A domain's block of the dictionary, by its hash. */
    HASH("domains.mphf", 1, 1),
    /** Changes of (domain, dataset) counts of a segment. Version 2 is coded by bits. */
    MEMBERS("members", 1, 2),
    /**
     * Files that a segment added and removed. Version 2 has compressed blocks, version 3 says how
     * many files have a tail.
     */
    FILES("files", 1, 3),
    /** What is known of added files before a page of them is fetched. */
    TAILS("tails", 1, 1),
    /** The domains that each dataset gained and lost with a segment. */
    DATASETS("datasets.roar", 1, 1);

    /** At most 16 ASCII characters: it is also the format's name in the envelope. */
    final String fileName;

    final int oldestVersion;
    final int version;

    IndexFormat(String fileName, int oldestVersion, int version) {
        this.fileName = fileName;
        this.oldestVersion = oldestVersion;
        this.version = version;
    }

    Path in(Path directory) {
        return directory.resolve(fileName);
    }
}
