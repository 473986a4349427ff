package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Takes records into flushes: what can be read becomes rows, what cannot becomes a dead letter, and
 * either way the flush goes on after it. Used by the reading thread alone.
 */
public final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());
    private static final String LOCAL_FILES = "local files";
    private static final String CLAIMS = "claim check sources";

    /** So often an object is asked for that the store refuses: for some three minutes. */
    private static final int MOST_REFUSALS = 30;

    /** So often an object is read that is not what it should be. */
    private static final int MOST_READINGS = 2;

    private final BatchReader reader;
    private final PermittedSources sources;
    private final UrlCanonicalizer canonicalizer;
    private final BatchLimits limits;
    private final FollowedTakedowns takedowns;
    private final Datasets datasets;
    private final DeadLetters deadLetters;
    private final ObjectStore lake;
    private final Retry retry;
    private final IngestCounters counters;

    /**
     * Answers by which the store refused an object since it handed one out. Counted over batches,
     * so that many of them, for good reason refused, do not take minutes each.
     */
    private int refusals;

    public Intake(
            UrlCanonicalizer canonicalizer,
            BatchLimits limits,
            PermittedSources sources,
            FollowedTakedowns takedowns,
            Datasets datasets,
            DeadLetters deadLetters,
            ObjectStore lake,
            Retry retry,
            IngestCounters counters) {
        this.reader = new BatchReader(limits);
        this.sources = sources;
        this.takedowns = takedowns;
        this.canonicalizer = canonicalizer;
        this.limits = limits;
        this.datasets = datasets;
        this.deadLetters = deadLetters;
        this.lake = lake;
        this.retry = retry;
        this.counters = counters;
    }

    /**
     * Takes the next record of the flush's partition, whole or not at all.
     *
     * @throws NoRoomException if the flush, which is as it was, has to end before it
     * @throws AbandonedException if the flush is to be dropped
     */
    public void take(Flush flush, BatchRecord record, Patience patience)
            throws AbandonedException, NoRoomException {
        flush.tenure().requireActive();
        new Taking(flush, record, patience).run();
    }

    /** Does what is due without a record; of the thread that takes records. */
    public void tend() {
        takedowns.tend();
    }

    /** One record on its way into a flush. */
    private final class Taking {
        private final Flush flush;
        private final BatchRecord record;
        private final Patience patience;
        private final Tenure tenure;
        private final Flush.Mark mark;
        private TakenDown takenDown = TakenDown.NOTHING;

        Taking(Flush flush, BatchRecord record, Patience patience) {
            this.flush = flush;
            this.record = record;
            this.patience = patience;
            this.tenure = flush.tenure();
            this.mark = flush.mark();
        }

        void run() throws AbandonedException, NoRoomException {
            for (int attempt = 1; ; attempt++) {
                try {
                    read();
                    retry.succeeded(LOCAL_FILES);
                    return;
                } catch (BatchRefusedException e) {
                    takeBack();
                    sendDeadLetter(Quoted.line(String.valueOf(e.getMessage())));
                    return;
                } catch (NoRoomException e) {
                    takeBack();
                    throw e;
                } catch (UncheckedIOException e) {
                    takeBack();
                    retry.pause(LOCAL_FILES, e, attempt, this::sleep);
                } catch (RuntimeException e) {
                    // A fault of ours, but this record's: it is kept as a dead letter, the rest
                    // goes on.
                    LOG.log(System.Logger.Level.ERROR, this + " fails", e);
                    takeBack();
                    sendDeadLetter("unexpected " + e.getClass().getName());
                    return;
                }
            }
        }

        private void read() throws BatchRefusedException, AbandonedException, NoRoomException {
            byte[] value = record.value();
            if (value == null) {
                throw new BatchRefusedException("the record has no value");
            }
            // The same for all of the record: a URL in it twice is taken twice or not at all.
            takenDown = takedowns.now(this::sleep);
            BatchRows rows = rows();
            Batch batch = reader.read(value, null, rows);
            boolean spread = isSpread(batch);
            requireKey(batch, spread);
            requireEffect(batch, spread);
            Batch.Claim claim = batch.claim();
            if (batch.effect().all()) {
                flush.groupOf(batch.dataset(), batch.effect());
            } else if (claim != null) {
                rows = readClaim(batch, claim);
            } else if (!rows.areOf(batch)) {
                // Its dataset or what it does stood behind its URLs: now they are known.
                takeBack();
                rows = rows();
                reader.read(value, batch, rows);
            }
            // From its first good batch on a dataset has an id.
            retry.until("dataset ids", () -> datasets.idOf(batch.dataset()), this::sleep);
            flush.accept(batch.dataset(), rows.tally(), record.offset());
            counters.batch(rows.tally());
        }

        private BatchRows readClaim(Batch batch, Batch.Claim claim)
                throws BatchRefusedException, AbandonedException, NoRoomException {
            int readings = 0;
            for (int attempt = 1; ; attempt++) {
                BatchRows rows = rows();
                rows.begin(batch.dataset(), batch.effect());
                try {
                    new ClaimReader(sources, limits, claim, rows, () -> patience.beat(tenure))
                            .read();
                    retry.succeeded(CLAIMS);
                    refusals = 0;
                    return rows;
                } catch (DoubtfulSourceException e) {
                    boolean settled =
                            switch (e.doubt()) {
                                case REFUSED -> ++refusals >= MOST_REFUSALS;
                                case DAMAGED -> ++readings >= MOST_READINGS;
                            };
                    if (settled) {
                        refusals = Math.min(refusals, MOST_REFUSALS);
                        retry.givenUp(CLAIMS);
                        throw e.refusal();
                    }
                    takeBack();
                    retry.pause(CLAIMS, e, attempt, this::sleep);
                } catch (IOException e) {
                    takeBack();
                    retry.pause(CLAIMS, e, attempt, this::sleep);
                }
            }
        }

        private BatchRows rows() {
            return new BatchRows(
                    flush, record.offset(), canonicalizer, takenDown, limits, patience);
        }

        /** Asked only where it matters: most batches have their dataset's key, and insert. */
        private boolean isSpread(Batch batch) throws AbandonedException {
            boolean matters =
                    !batch.dataset().equals(key()) || !batch.effect().strategy().onlyAdds();
            return matters
                    && retry.until(
                            "dataset ids", () -> datasets.isSpread(batch.dataset()), this::sleep);
        }

        private void requireEffect(Batch batch, boolean spread)
                throws BatchRefusedException, AbandonedException {
            Effect effect = batch.effect();
            if (spread && !effect.strategy().onlyAdds()) {
                throw new BatchRefusedException(
                        "strategy '%s' does not go with %s, which is spread: its batches have no order, so it takes append and insert only"
                                .formatted(effect.strategy().text(), Quoted.name(batch.dataset())));
            }
            if (effect.all()
                    && !retry.until(
                            "dataset ids", () -> datasets.isKnown(batch.dataset()), this::sleep)) {
                throw new BatchRefusedException(
                        "there is no dataset %s to be retracted"
                                .formatted(Quoted.name(batch.dataset())));
            }
        }

        private void requireKey(Batch batch, boolean spread) throws BatchRefusedException {
            String key = key();
            if (!batch.dataset().equals(key) && !spread) {
                throw new BatchRefusedException(
                        "the record's key is %s; it must be the dataset's name, %s, unless the dataset is spread"
                                .formatted(
                                        key == null ? "null or not UTF-8" : Quoted.name(key),
                                        Quoted.name(batch.dataset())));
            }
        }

        private @Nullable String key() {
            byte[] key = record.key();
            if (key == null) {
                return null;
            }
            try {
                return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
            } catch (CharacterCodingException e) {
                return null;
            }
        }

        private void sendDeadLetter(String reason) throws AbandonedException {
            LOG.log(System.Logger.Level.WARNING, "{0} is a dead letter: {1}", this, reason);
            var letter = new DeadLetter(tenure, record, reason);
            retry.until(
                    "dead letters",
                    () -> {
                        deadLetters.send(letter);
                        return letter;
                    },
                    this::sleep);
            flush.deadLetter(record.offset());
            counters.deadLetter();
        }

        /**
         * Makes the flush what it was before the record. Files that were spilled are deleted, since
         * no entry will ever name them; one that stays is an orphan like others.
         */
        private void takeBack() throws AbandonedException {
            for (Flush.GroupFile dropped :
                    retry.until(LOCAL_FILES, () -> flush.rollback(mark), this::sleep)) {
                LandingFile file = dropped.file();
                try {
                    lake.delete(file.key());
                } catch (IOException e) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "spilled file " + file.key() + " of " + tenure + " stays behind",
                            e);
                }
            }
        }

        private void sleep(long millis) throws AbandonedException {
            patience.sleep(tenure, millis);
        }

        @Override
        public String toString() {
            return "batch at " + tenure + ", offset " + record.offset();
        }
    }
}
