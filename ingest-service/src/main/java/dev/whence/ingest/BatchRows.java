package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.url.Rejection;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of one batch on their way into a flush. */
final class BatchRows implements UrlSink {
    private final Flush flush;
    private final long offset;
    private final UrlCanonicalizer canonicalizer;
    private final TakenDown takenDown;
    private final BatchLimits limits;
    private final Patience patience;
    private final long rejectsFrom;
    private final Tally tally = new Tally();
    private @Nullable String dataset;
    private @Nullable Effect effect;
    private int group;

    BatchRows(
            Flush flush,
            long offset,
            UrlCanonicalizer canonicalizer,
            TakenDown takenDown,
            BatchLimits limits,
            Patience patience) {
        this.flush = flush;
        this.offset = offset;
        this.canonicalizer = canonicalizer;
        this.takenDown = takenDown;
        this.limits = limits;
        this.patience = patience;
        this.rejectsFrom = flush.rejects().bytes();
    }

    @Override
    public void begin(String name, Effect what) {
        dataset = name;
        effect = what;
        group = flush.groupOf(name, what);
    }

    /** Whether rows were added as what the batch turned out to be. */
    boolean areOf(Batch batch) {
        return batch.dataset().equals(dataset) && batch.effect().equals(effect);
    }

    Tally tally() {
        return tally;
    }

    @Override
    public void add(byte[] utf8, int from, int to, long tsMicros, Map<String, String> extras)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        Rejection rejection = canonicalizer.canonicalize(utf8, from, to);
        if (rejection != null) {
            reject(rejection, utf8, from, to);
            return;
        }
        if (takenDown.holds(canonicalizer.parsed())) {
            // Counted, and kept nowhere: that is what it is taken down for.
            tally.takeDown();
            return;
        }
        while (!flush.rows().append(group, canonicalizer.parsed(), tsMicros, extras)) {
            patience.makeRoom(flush);
        }
        tally.accept();
    }

    @Override
    public void reject(Rejection rejection, byte[] utf8, int from, int to)
            throws BatchRefusedException {
        tally.reject(rejection);
        try {
            flush.rejects().add(offset, dataset == null ? "" : dataset, rejection, utf8, from, to);
        } catch (IOException e) {
            throw new UncheckedIOException("rejected URLs cannot be kept on the local disk", e);
        }
        if (flush.rejects().bytes() - rejectsFrom > limits.rejectsBytes()) {
            throw new BatchRefusedException(
                    "more than %d bytes of rejected URLs after %d of %d; are format and url_column right?"
                            .formatted(
                                    limits.rejectsBytes(),
                                    tally.read() - tally.accepted() - tally.takenDown(),
                                    tally.read()));
        }
    }
}
