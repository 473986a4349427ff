package dev.whence.ingest;

import dev.whence.source.MalformedSourceException;
import dev.whence.source.UrlSource;
import dev.whence.source.UrlSources;
import dev.whence.store.AccessDeniedException;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.RangeNotSatisfiableException;
import java.io.IOException;
import java.util.Map;

/** Reads the objects that a claim check names. */
final class ClaimReader {
    private static final int BEAT_ROWS = 1_024;

    private final PermittedSources permitted;
    private final BatchLimits limits;

    ClaimReader(PermittedSources permitted, BatchLimits limits) {
        this.permitted = permitted;
        this.limits = limits;
    }

    /**
     * Reads all objects, in their order.
     *
     * @throws IOException if the store cannot be read now: another try may do
     */
    void read(Batch.Claim claim, UrlSink rows, Tenure tenure, Patience patience)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        for (String object : claim.objects()) {
            permitted.locate(object); // before anything is read of the first
        }
        for (String object : claim.objects()) {
            readObject(object, claim, rows, tenure, patience);
        }
    }

    private void readObject(
            String object, Batch.Claim claim, UrlSink rows, Tenure tenure, Patience patience)
            throws IOException, BatchRefusedException, AbandonedException, NoRoomException {
        PermittedSources.Located located = permitted.locate(object);
        String name = "object " + Quoted.of(object);
        try (UrlSource source = open(located, claim, name)) {
            for (long row = 0; source.next(); row++) {
                if (row % BEAT_ROWS == 0) {
                    patience.beat(tenure);
                }
                Map<String, String> extras = source.extras();
                if (!extras.isEmpty() && !ExtrasReader.fits(extras, limits)) {
                    throw new BatchRefusedException(
                            "%s, row %d: extras have at most %d entries and %d bytes"
                                    .formatted(name, row, limits.extras(), limits.extrasBytes()));
                }
                rows.add(source.bytes(), source.from(), source.to(), source.tsMicros(), extras);
            }
        } catch (ObjectNotFoundException e) {
            throw new BatchRefusedException(name + " is not there", e);
        } catch (AccessDeniedException e) {
            throw new BatchRefusedException(name + " may not be read: the store refuses it", e);
        } catch (RangeNotSatisfiableException e) {
            throw new BatchRefusedException(name + " changed while it was read", e);
        } catch (MalformedSourceException e) {
            throw new BatchRefusedException(String.valueOf(e.getMessage()), e);
        }
    }

    private static UrlSource open(PermittedSources.Located located, Batch.Claim claim, String name)
            throws IOException, BatchRefusedException {
        try {
            return UrlSources.open(
                    located.store(), located.key(), claim.format(), claim.urlColumn());
        } catch (IllegalArgumentException e) {
            throw new BatchRefusedException(name + ": " + e.getMessage(), e);
        }
    }
}
