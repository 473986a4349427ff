package dev.whence.query.lake;

import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import dev.whence.index.RowGroupBounds;
import dev.whence.lake.DomainStart;
import dev.whence.lake.RowRange;
import dev.whence.lake.RunSearch;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import dev.whence.query.BoundedCache;
import dev.whence.query.QueryException;
import dev.whence.store.ObjectStore;
import dev.whence.url.Fingerprint;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Reads runs of a domain from the lake's files. What has to be known of a file before its pages are
 * read stands in the index, as its tail; of a file that has none the end is read from the store.
 * Files never change, so what was opened, and the places of runs that were found once, are kept
 * over versions. Thread-safe.
 */
public final class LakeReader {

    /** A domain in a row group. */
    private record RunKey(long fileId, int rowGroup, String domain) {}

    private final ObjectStore store;
    private final BoundedCache<String, UrlFile> footers;
    private final BoundedCache<RunKey, RowRange> runs;

    /**
     * Keeps nothing yet.
     *
     * @param mostFooterBytes how much memory opened files may keep
     * @param mostRuns how many places of runs are kept
     */
    public LakeReader(ObjectStore store, long mostFooterBytes, int mostRuns) {
        this.store = store;
        this.footers = new BoundedCache<>(mostFooterBytes, UrlFile::heldBytes);
        this.runs = BoundedCache.ofCount(mostRuns);
    }

    /**
     * A row group in which a domain's run is looked for, and how many of the run's rows, after the
     * first {@code skip}, shall be read with it.
     */
    public record Look(Posting posting, long skip, int limit) {
        /** How many rows it gives where the run is that. */
        int count(RowRange run) {
            return Math.clamp(run.rows() - skip, 0, limit);
        }
    }

    /**
     * Where in the row group the domain's run lies, and the rows that were asked for; a run may
     * turn out to be empty. One round trip to the store, as a rule.
     */
    public DomainStart start(IndexSnapshot index, Look look, String domain)
            throws IOException, QueryException {
        Posting posting = look.posting();
        RowGroupBounds bounds = posting.file().rowGroups().get(posting.rowGroup());
        if (bounds.firstDomain().equals(domain) && bounds.lastDomain().equals(domain)) {
            return start(index, look, domain, new RowRange(0, bounds.rows()));
        }
        var found = new AtomicReference<@Nullable DomainStart>();
        RowRange run =
                runs.get(
                        new RunKey(posting.file().fileId(), posting.rowGroup(), domain),
                        () -> {
                            DomainStart start = find(index, look, domain);
                            found.set(start);
                            return start.run();
                        });
        DomainStart start = found.get();
        return start == null ? start(index, look, domain, run) : start;
    }

    private DomainStart find(IndexSnapshot index, Look look, String domain)
            throws IOException, QueryException {
        Posting posting = look.posting();
        DomainStart start =
                open(index, posting.file())
                        .start(posting.rowGroup(), domain, look.skip(), look.limit());
        check(look, domain, start.run(), start.rows());
        return start;
    }

    /** The same where the run's place is known. */
    private DomainStart start(IndexSnapshot index, Look look, String domain, RowRange run)
            throws IOException, QueryException {
        int count = look.count(run);
        return new DomainStart(
                run,
                count == 0
                        ? List.of()
                        : read(index, look.posting(), domain, run, look.skip(), count));
    }

    /** Where in the row group the domain's run lies; it may turn out to be empty. */
    public RowRange locate(IndexSnapshot index, Posting posting, String domain)
            throws IOException, QueryException {
        return start(index, new Look(posting, 0, 0), domain).run();
    }

    /** Looks rows up in a domain's run, which is not empty, by their hosts and paths. */
    public RunSearch search(IndexSnapshot index, Posting posting, RowRange run)
            throws IOException, QueryException {
        return open(index, posting.file()).search(posting.rowGroup(), run);
    }

    /**
     * Rows of a run, or of a part of it, after the first {@code skip}; exactly {@code limit} of
     * them.
     */
    public List<UrlRow> read(
            IndexSnapshot index, Posting posting, String domain, RowRange run, long skip, int limit)
            throws IOException, QueryException {
        List<UrlRow> rows = open(index, posting.file()).read(posting.rowGroup(), run, skip, limit);
        check(new Look(posting, skip, limit), domain, run, rows);
        return rows;
    }

    /** Sorted by domain: if both ends are of the domain, all are. */
    private static void check(Look look, String domain, RowRange run, List<UrlRow> rows)
            throws QueryException {
        int count = look.count(run);
        if (rows.size() != count
                || (count > 0
                        && !(rows.getFirst().domain().equals(domain)
                                && rows.getLast().domain().equals(domain)))) {
            throw new QueryException.InconsistentVersion(
                    "%s, row group %d: expected %d rows of domain %s from row %d, found others."
                            .formatted(
                                    look.posting().file().key(),
                                    look.posting().rowGroup(),
                                    count,
                                    Fingerprint.hex(Fingerprint.of(domain)),
                                    run.first() + look.skip()));
        }
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

    private UrlFile open(IndexSnapshot index, LakeFile file) throws IOException, QueryException {
        UrlFile opened = footers.get(file.key(), () -> openNew(index, file));
        if (opened.rows() != file.rows()) {
            throw new QueryException.InconsistentVersion(
                    "%s has %d rows; the index says %d."
                            .formatted(file.key(), opened.rows(), file.rows()));
        }
        return opened;
    }

    private UrlFile openNew(IndexSnapshot index, LakeFile file) throws IOException {
        Optional<byte[]> tail = index.tail(file);
        return tail.isPresent()
                ? UrlFile.open(store, file.key(), file.bytes(), tail.get())
                : UrlFile.open(store, file.key(), file.bytes());
    }
}
