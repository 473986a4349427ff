package dev.whence.ingest;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogPartition;
import dev.whence.catalog.RejectsName;
import dev.whence.catalog.Strategy;
import dev.whence.lake.LakeLayout;
import dev.whence.lake.UrlFileOptions;
import dev.whence.lake.UrlFileSummary;
import dev.whence.lake.UrlRowBuffer;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/**
 * Writes the rows of a flush as sorted files, one for each group, and uploads them; a file goes up
 * while the next is written. Those of groups that only add go where the lake can adopt them, others
 * are sources of a merge and lie apart. Until an entry names them they are nothing to anybody.
 * Thread-safe.
 */
public final class LandingFiles {
    private static final System.Logger LOG = System.getLogger(LandingFiles.class.getName());

    private final ObjectStore store;
    private final Path temporary;
    private final FreshId ids;
    private final Datasets datasets;
    private final UrlFileOptions options;
    private final Retry retry;
    private final ExecutorService uploads;

    /**
     * @param temporary a directory of this process alone
     * @param uploads runs the uploads; not shut down here
     */
    public LandingFiles(
            ObjectStore store,
            Path temporary,
            FreshId ids,
            Datasets datasets,
            UrlFileOptions options,
            Retry retry,
            ExecutorService uploads) {
        this.store = store;
        this.temporary = temporary;
        this.ids = ids;
        this.datasets = datasets;
        this.options = options;
        this.retry = retry;
        this.uploads = uploads;
    }

    /** A name in the local directory that nobody else has. */
    public Path freshFile(String suffix) {
        return temporary.resolve(ids.next() + suffix);
    }

    /** Writes and uploads what the flush holds in memory, so that memory has room for the rest. */
    public void spill(Flush flush, Retry.Sleep sleep) throws AbandonedException {
        flush.spilled(write(flush, sleep));
    }

    /**
     * Writes what the flush holds in memory, and leaves it there.
     *
     * @return the files in the order in which they take effect, all of them uploaded
     */
    List<Flush.GroupFile> write(Flush flush, Retry.Sleep sleep) throws AbandonedException {
        var uploading = new LinkedHashMap<Integer, Future<LandingFile>>();
        for (int group : flush.rows().groups()) {
            uploading.put(group, write(flush, group, sleep));
        }
        var files = new ArrayList<Flush.GroupFile>();
        for (var upload : uploading.entrySet()) {
            files.add(new Flush.GroupFile(upload.getKey(), finished(upload.getValue())));
        }
        return files;
    }

    /**
     * Uploads the flush's rejected URLs under their name; the caller has seen that there are some.
     */
    String writeRejects(Flush flush, Retry.Sleep sleep) throws AbandonedException {
        String key = new RejectsName(flush.tenure().partition(), flush.slot()).key(ids.next());
        return retry.until(
                "rejects files",
                () -> {
                    Path file = freshFile(".ndjson.zst");
                    try {
                        flush.rejects().compress(file);
                        store.put(key, ObjectBody.of(file));
                        return key;
                    } finally {
                        delete(file);
                    }
                },
                sleep);
    }

    private Future<LandingFile> write(Flush flush, int number, Retry.Sleep sleep)
            throws AbandonedException {
        Flush.Group group = flush.group(number);
        Strategy strategy = group.effect().strategy();
        // Of a merge's source all rows of a URL stay, in their order: which one counts is the
        // merge's affair.
        boolean distinct = strategy == Strategy.INSERT;
        int datasetId = retry.until("dataset ids", () -> datasets.idOf(group.dataset()), sleep);
        Path file = freshFile(".parquet");
        UrlFileSummary summary = writeLocal(flush.rows(), number, distinct, file, sleep);
        LogPartition partition = flush.tenure().partition();
        String key =
                strategy.onlyAdds()
                        ? LakeLayout.landingFile(
                                datasetId,
                                partition.topicId(),
                                partition.partition(),
                                flush.slot(),
                                ids.next())
                        : new BatchFileName(partition, flush.slot()).key(ids.next());
        var landing =
                new LandingFile(
                        key,
                        datasetId,
                        strategy,
                        summary.rows(),
                        summary.bytes(),
                        summary.firstDomain(),
                        summary.lastDomain(),
                        summary.crc32c());
        return uploads.submit(() -> upload(flush.tenure(), landing, file));
    }

    private UrlFileSummary writeLocal(
            UrlRowBuffer rows, int group, boolean distinct, Path file, Retry.Sleep sleep)
            throws AbandonedException {
        try {
            return retry.until(
                    "local files",
                    () -> {
                        Files.deleteIfExists(file);
                        return rows.write(group, distinct, file, options);
                    },
                    sleep);
        } catch (AbandonedException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    /**
     * Another put of the same bytes under the same name does no harm, whatever came of the first.
     */
    private LandingFile upload(Tenure tenure, LandingFile landing, Path file)
            throws AbandonedException {
        try {
            tenure.requireActive();
            return retry.until(
                    "landing files",
                    () -> {
                        store.put(landing.key(), ObjectBody.of(file));
                        return landing;
                    },
                    millis -> Waiting.sleep(tenure, millis));
        } finally {
            delete(file);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "local file " + file + " stays behind", e);
        }
    }

    private static LandingFile finished(Future<LandingFile> upload) throws AbandonedException {
        try {
            return upload.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AbandonedException("interrupted while files were uploaded");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case AbandonedException cause -> throw cause;
                // Memory or threads that ran out: the writing thread ends, and with it the process.
                case Error cause -> throw cause;
                case null, default ->
                        throw new IllegalStateException(
                                "a file could not be uploaded", e.getCause());
            }
        }
    }
}
