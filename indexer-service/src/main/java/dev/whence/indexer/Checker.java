package dev.whence.indexer;

import dev.whence.catalog.BlockCache;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.LakeFile;
import dev.whence.index.Posting;
import dev.whence.lake.RowRange;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;

/**
 * Reads a built version back before it is put: everything that was uploaded for it, from the store;
 * its counts against the files that came to be listed, or are no more; and a random sample of its
 * changed (domain, dataset) pairs against the rows of the lake. What it costs follows the new data:
 * the base was checked when it was new.
 */
final class Checker {
    private static final int MOST_PROBLEMS = 8;

    private final ObjectStore store;
    private final BlockCache cache;
    private final ReadBack readBack;
    private final int samples;
    private final RandomGenerator random;

    Checker(ObjectStore store, BlockCache cache, int samples, RandomGenerator random) {
        this.store = store;
        this.cache = cache;
        this.readBack = new ReadBack(store);
        this.samples = samples;
        this.random = random;
    }

    /**
     * Checks a draft and gives the version, mapped. When it fails, nothing of the draft is left.
     *
     * @throws CheckFailedException if anything is not as it should be
     */
    Base check(Draft draft, Base base) throws IOException {
        Base next = null;
        try {
            checkUploads(draft);
            next = Base.open(draft.version(), cache);
            var problems = new ArrayList<String>();
            new CountCheck(
                            cache,
                            base,
                            next,
                            draft.change().datasetsWithRemovals(),
                            draft.ready().folds().blockIds())
                    .run(draft.version(), problems::add);
            expect(
                    problems,
                    "domains with an ordinal",
                    (long) base.snapshot().domains() + draft.change().newDomains().size(),
                    next.snapshot().domains());
            checkSamples(draft, base, next, problems);
            if (!problems.isEmpty()) {
                throw new CheckFailedException(draft.version().number(), problems);
            }
            return next;
        } catch (IOException | RuntimeException e) {
            if (next != null) {
                next.close();
            }
            draft.workspace().drop();
            throw e;
        }
    }

    private void checkUploads(Draft draft) throws IOException {
        var reads = new ArrayList<Callable<Optional<String>>>();
        for (ReadBack.Expected upload : draft.workspace().uploads()) {
            reads.add(() -> readBack.problem(upload).map(found -> upload.key() + ": " + found));
        }
        List<String> problems =
                SideBySide.run(SideBySide.READS, reads).stream().flatMap(Optional::stream).toList();
        if (!problems.isEmpty()) {
            throw new CheckFailedException(draft.version().number(), problems);
        }
    }

    private void checkSamples(Draft draft, Base base, Base next, List<String> problems)
            throws IOException {
        List<LiveFile> added = draft.change().liveFiles();
        List<RemovedFile> removed = draft.change().removedFiles();
        var goneIds = new HashSet<Long>();
        draft.change().goneFiles().forEach(file -> goneIds.add(file.fileId()));
        var opened = new HashMap<String, UrlFile>();
        int files = added.size() + removed.size();
        for (int sample = 0; sample < samples && files > 0; sample++) {
            int at = random.nextInt(files);
            if (at < added.size()) {
                LiveFile file = added.get(at);
                String domain = file.counts().domain(random.nextInt(file.counts().size()));
                checkPair(domain, file.datasetId(), base, next, goneIds, opened, problems);
            } else {
                RemovedFile file = removed.get(at - added.size());
                String domain = base.snapshot().domain(file.ordinal(random.nextInt(file.runs())));
                checkPair(domain, file.file().datasetId(), base, next, goneIds, opened, problems);
            }
            if (problems.size() >= MOST_PROBLEMS) {
                return;
            }
        }
    }

    /**
     * What the index says a pair gained must be what the new files hold of it, without what the
     * removed ones did.
     */
    private void checkPair(
            String domain,
            int datasetId,
            Base base,
            Base next,
            Set<Long> goneIds,
            Map<String, UrlFile> opened,
            List<String> problems)
            throws IOException {
        long inLake = 0;
        for (Posting posting : next.snapshot().postings(datasetId, domain)) {
            if (posting.file().fileId() >= base.nextFileId()) {
                inLake += rowsOf(domain, posting, opened, problems);
            }
        }
        for (Posting posting : base.snapshot().postings(datasetId, domain)) {
            if (goneIds.contains(posting.file().fileId())) {
                inLake -= rowsOf(domain, posting, opened, problems);
            }
        }
        expect(
                problems,
                "new URLs of %s in dataset %s"
                        .formatted(domain, Integer.toUnsignedString(datasetId)),
                count(next.snapshot(), domain, datasetId)
                        - count(base.snapshot(), domain, datasetId),
                inLake);
    }

    private long rowsOf(
            String domain, Posting posting, Map<String, UrlFile> opened, List<String> problems)
            throws IOException {
        LakeFile lakeFile = posting.file();
        UrlFile file = opened.get(lakeFile.key());
        if (file == null) {
            file = UrlFile.open(store, lakeFile.key(), lakeFile.bytes());
            opened.put(lakeFile.key(), file);
        }
        RowRange range = file.locate(posting.rowGroup(), domain);
        if (range.rows() > 0) {
            List<UrlRow> first = file.read(posting.rowGroup(), range, 0, 1);
            if (first.size() != 1 || !first.getFirst().domain().equals(domain)) {
                problems.add(
                        "%s, row group %d: the run of %s holds %s"
                                .formatted(lakeFile.key(), posting.rowGroup(), domain, first));
            }
        }
        return range.rows();
    }

    private static long count(IndexSnapshot snapshot, String domain, int datasetId) {
        int ordinal = snapshot.ordinalOf(domain);
        return ordinal < 0 ? 0 : snapshot.count(ordinal, datasetId);
    }

    private static void expect(List<String> problems, String what, long index, long found) {
        if (index != found && problems.size() < MOST_PROBLEMS) {
            problems.add("%s: %d by the index, %d found".formatted(what, index, found));
        }
    }
}
