package dev.whence.index;

import java.nio.file.Path;

/**
 * The files of a block directory: the one place for their names, and for the range of format
 * versions that this code reads. A change of a payload's bytes raises {@link #version}.
 */
enum IndexFormat {
    /** Sorted domains of a generation. */
    DOMAINS("domains.dict"),
    /** Rank to ordinal and back, of a generation that a merge made. */
    ORDINALS("ordinals"),
    /** Changes of (domain, dataset) counts of a segment. */
    MEMBERS("members"),
    /** Files that a segment added and removed. */
    FILES("files");

    /** At most 16 ASCII characters: it is also the format's name in the envelope. */
    final String fileName;

    final int oldestVersion = 1;
    final int version = 1;

    IndexFormat(String fileName) {
        this.fileName = fileName;
    }

    Path in(Path directory) {
        return directory.resolve(fileName);
    }
}
