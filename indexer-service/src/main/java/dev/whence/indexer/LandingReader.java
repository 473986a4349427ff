package dev.whence.indexer;

import dev.whence.catalog.LandingFile;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;

/** Reads what the index needs of a landing file, and holds it against what the log says of it. */
final class LandingReader {
    private LandingReader() {}

    /**
     * Opens a landing file, every byte of which is what the ingest wrote: once adopted it stays for
     * good, and most of its columns are not looked at again before somebody asks for a URL.
     */
    static UrlFile open(LandingFile landing, ObjectStore store) throws IOException {
        var expected = new ReadBack.Expected(landing.key(), landing.bytes(), landing.crc32c());
        var problem = new ReadBack(store).problem(expected);
        if (problem.isPresent()) {
            throw new CorruptUrlFileException(landing.key(), problem.get(), null);
        }
        return UrlFile.open(store, landing.key(), landing.bytes());
    }

    /**
     * The landing file as it would be live; reads only its footer and its domain column.
     *
     * @throws IndexingStoppedException if its URLs were cut by other rules than the index's
     */
    static LiveFile read(LandingFile landing, UrlFile file, UrlProfile profile) throws IOException {
        if (!file.profile().equals(profile)) {
            throw new IndexingStoppedException(
                    "landing file %s was written with %s, this indexer has %s: let the release that wrote it publish it"
                            .formatted(landing.key(), file.profile(), profile));
        }
        var counts = new DomainCounts.Builder();
        try {
            file.domainRuns(counts::add);
        } catch (IllegalArgumentException e) {
            throw new CorruptUrlFileException(landing.key(), "not sorted", e);
        }
        LiveFile live =
                LiveFile.of(
                        landing.datasetId(),
                        landing.key(),
                        landing.bytes(),
                        file.rowGroups(),
                        counts.build(),
                        file.tail());
        require(landing, "rows", landing.rows(), file.rows());
        require(landing, "rows", landing.rows(), live.counts().rows());
        require(
                landing,
                "first domain",
                landing.firstDomain(),
                live.rowGroups().getFirst().firstDomain());
        require(
                landing,
                "last domain",
                landing.lastDomain(),
                live.rowGroups().getLast().lastDomain());
        return live;
    }

    private static void require(LandingFile landing, String what, Object expected, Object found)
            throws CorruptUrlFileException {
        if (!expected.equals(found)) {
            throw new CorruptUrlFileException(
                    landing.key(),
                    "%s: the log entry says %s, the file %s".formatted(what, expected, found),
                    null);
        }
    }
}
