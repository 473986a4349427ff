package dev.whence.ingest;

import dev.whence.ingest.DoubtfulSourceException.Doubt;
import dev.whence.source.FoundUrl;
import dev.whence.source.MalformedSourceException;
import dev.whence.source.SourceFormat;
import dev.whence.source.UrlSource;
import dev.whence.source.UrlSources;
import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.RangeNotSatisfiableException;
import dev.whence.store.StoreUnavailableException;
import dev.whence.url.Rejection;
import java.io.IOException;
import java.util.Map;

/** Reads the objects that one claim check names. */
final class ClaimReader {
    private static final int BEAT_ROWS = 1_024;
    private static final byte[] NO_URL = {};

    private final PermittedSources permitted;
    private final BatchLimits limits;
    private final Batch.Claim claim;
    private final UrlSink sink;
    private final ReadingStream.Beat beat;
    private long rows;

    /**
     * @param beat called often while objects are read
     */
    ClaimReader(
            PermittedSources permitted,
            BatchLimits limits,
            Batch.Claim claim,
            UrlSink sink,
            ReadingStream.Beat beat) {
        this.permitted = permitted;
        this.limits = limits;
        this.claim = claim;
        this.sink = sink;
        this.beat = beat;
    }

    /**
     * Reads all objects, in their order.
     *
     * @throws DoubtfulSourceException if another try may do, or may not
     * @throws IOException if the store cannot be read now: another try may do
     */
    void read() throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        for (int number = 0; number < claim.objects().size(); number++) {
            locate(number); // all of them, before anything is read of the first
        }
        for (int number = 0; number < claim.objects().size(); number++) {
            readObject(number);
        }
    }

    private PermittedSources.Located locate(int number) throws BatchRefusedException {
        try {
            return permitted.locate(claim.objects().get(number));
        } catch (BatchRefusedException e) {
            // The name is not repeated: it may be an address with a signature in it.
            throw new BatchRefusedException("objects[" + number + "] " + e.getMessage(), e);
        }
    }

    private void readObject(int number)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        PermittedSources.Located located = locate(number);
        String name = "objects[%d], %s,".formatted(number, located.key());
        try (UrlSource source = open(located, name)) {
            for (long row = 0; source.next(); row++) {
                if (row % BEAT_ROWS == 0) {
                    beat.run();
                }
                add(source.found(), name, row);
            }
            rejectSkipped(source.skipped().rows());
        } catch (ObjectNotFoundException e) {
            throw new BatchRefusedException(name + " is not there", e);
        } catch (AccessDeniedException e) {
            throw doubtful(Doubt.REFUSED, name + " may not be read: the store refuses it", e);
        } catch (RangeNotSatisfiableException e) {
            throw doubtful(Doubt.DAMAGED, name + " changed while it was read", e);
        } catch (StoreUnavailableException e) {
            throw e;
        } catch (ObjectStoreException e) {
            throw doubtful(Doubt.REFUSED, name + " cannot be read: " + e.getMessage(), e);
        } catch (MalformedSourceException e) {
            throw doubtful(Doubt.DAMAGED, "objects[%d], %s".formatted(number, e.getMessage()), e);
        } catch (ReadingStream.AbandonedReadException e) {
            throw e.abandoned();
        } catch (OutOfMemoryError | StackOverflowError e) {
            // The file decides how much is read at once. Whoever restarts would read it again.
            throw new BatchRefusedException(
                    name + " needs more memory than there is; write smaller row groups", e);
        }
    }

    private static DoubtfulSourceException doubtful(Doubt doubt, String reason, IOException e) {
        return new DoubtfulSourceException(doubt, new BatchRefusedException(reason, e));
    }

    private UrlSource open(PermittedSources.Located located, String name)
            throws IOException, BatchRefusedException {
        ObjectStore store = located.store();
        String key = located.key();
        try {
            // A folder of a local directory opens like a file, and then cannot be read.
            store.head(key);
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException(name + " is no key: " + e.getMessage(), e);
        }
        return claim.format() == SourceFormat.PARQUET
                ? UrlSources.open(store, key, claim.format(), claim.urlColumn())
                : UrlSources.open(
                        key,
                        new ReadingStream(store.open(key), beat),
                        claim.format(),
                        claim.urlColumn());
    }

    /** A row without a URL counts as one with an empty one, as in a batch that holds its URLs. */
    private void rejectSkipped(long rows) throws BatchRefusedException {
        for (long row = 0; row < rows; row++) {
            sink.reject(Rejection.EMPTY, NO_URL, 0, 0);
        }
    }

    private void add(FoundUrl url, String name, long row)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        if (++rows > limits.claimRows()) {
            throw new BatchRefusedException(
                    "%s goes beyond %d URLs in one batch; send several batches"
                            .formatted(name, limits.claimRows()));
        }
        Map<String, String> extras = url.extras();
        if (!extras.isEmpty() && !ExtrasReader.fits(extras, limits)) {
            throw new BatchRefusedException(
                    "%s row %d: extras have at most %d entries and %d bytes"
                            .formatted(name, row, limits.extras(), limits.extrasBytes()));
        }
        sink.add(url.bytes(), url.from(), url.to(), url.tsMicros(), extras);
    }
}
