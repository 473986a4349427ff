package dev.whence.query.lake;

import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.RowRange;
import dev.whence.lake.RunSearch;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import dev.whence.query.BoundedCache;
import dev.whence.query.QueryException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/**
 * Reads runs of a domain from the lake's files. Files never change, so footers and the places of
 * runs that were found once are kept, over versions. Thread-safe.
 */
public final class LakeReader {

    /** A domain in a row group. */
    private record RunKey(long fileId, int rowGroup, String domain) {}

    private final ObjectStore store;
    private final BoundedCache<String, OpenFile> footers;
    private final BoundedCache<RunKey, RowRange> runs;

    /**
     * Keeps nothing yet.
     *
     * @param mostFooterBytes how much memory opened files may keep
     * @param mostRuns how many places of runs are kept
     */
    public LakeReader(ObjectStore store, long mostFooterBytes, int mostRuns) {
        this.store = store;
        this.footers = new BoundedCache<>(mostFooterBytes, OpenFile::heldBytes);
        this.runs = BoundedCache.ofCount(mostRuns);
    }

    /** Where in the row group the domain's run lies; a run may turn out to be empty. */
    public RowRange locate(Posting posting, String domain) throws IOException, QueryException {
        RowGroupBounds bounds = posting.file().rowGroups().get(posting.rowGroup());
        if (bounds.firstDomain().equals(domain) && bounds.lastDomain().equals(domain)) {
            return new RowRange(0, bounds.rows());
        }
        return runs.get(
                new RunKey(posting.file().fileId(), posting.rowGroup(), domain),
                () -> open(posting.file()).locate(posting.rowGroup(), domain));
    }

    /** Looks rows up in a domain's run, which is not empty, by their hosts and paths. */
    public RunSearch search(Posting posting, RowRange run) throws IOException, QueryException {
        return open(posting.file()).search(posting.rowGroup(), run);
    }

    /**
     * Rows of a run, or of a part of it, after the first {@code skip}; exactly {@code limit} of
     * them.
     */
    public List<UrlRow> read(Posting posting, String domain, RowRange run, long skip, int limit)
            throws IOException, QueryException {
        List<UrlRow> rows = open(posting.file()).read(posting.rowGroup(), run, skip, limit);
        // Sorted by domain: if both ends are of the domain, all are.
        if (rows.size() != limit
                || !rows.getFirst().domain().equals(domain)
                || !rows.getLast().domain().equals(domain)) {
            throw new QueryException.InconsistentVersion(
                    "%s, row group %d: expected %d rows of %s from row %d, found others."
                            .formatted(
                                    posting.file().key(),
                                    posting.rowGroup(),
                                    limit,
                                    domain,
                                    run.first() + skip));
        }
        return rows;
    }

    /** Where other programs find an object of the lake. */
    public URI location(String key) {
        return store.location(key);
    }

    public BoundedCache<?, ?> footerCache() {
        return footers;
    }

    public BoundedCache<?, ?> runCache() {
        return runs;
    }

    private UrlFile open(LakeFile file) throws IOException, QueryException {
        UrlFile opened = footers.get(file.key(), () -> OpenFile.open(store, file)).file();
        if (opened.rows() != file.rows()) {
            throw new QueryException.InconsistentVersion(
                    "%s has %d rows; the index says %d."
                            .formatted(file.key(), opened.rows(), file.rows()));
        }
        return opened;
    }
}
