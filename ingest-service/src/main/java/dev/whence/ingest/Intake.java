package dev.whence.ingest;

import dev.whence.catalog.LandingFile;
import dev.whence.catalog.Strategy;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlCanonicalizer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Takes records into flushes: what can be read becomes rows, what cannot becomes a dead letter, and
 * either way the flush goes on after it. Used by the reading thread alone.
 */
public final class Intake {
    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final BatchReader reader;
    private final ClaimReader claims;
    private final UrlCanonicalizer canonicalizer;
    private final BatchLimits limits;
    private final Datasets datasets;
    private final DeadLetters deadLetters;
    private final ObjectStore lake;
    private final Retry retry;
    private final IngestCounters counters;

    public Intake(
            UrlCanonicalizer canonicalizer,
            BatchLimits limits,
            PermittedSources sources,
            Datasets datasets,
            DeadLetters deadLetters,
            ObjectStore lake,
            Retry retry,
            IngestCounters counters) {
        this.reader = new BatchReader(limits);
        this.claims = new ClaimReader(sources, limits);
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
        Flush.Mark mark = flush.mark();
        for (int attempt = 1; ; attempt++) {
            try {
                read(flush, record, mark, patience);
                return;
            } catch (BatchRefusedException e) {
                drop(rollback(flush, mark, patience), flush);
                sendDeadLetter(flush, record, String.valueOf(e.getMessage()), patience);
                return;
            } catch (NoRoomException e) {
                rollback(flush, mark, patience);
                throw e;
            } catch (UncheckedIOException e) {
                retry.failed("local files", e);
                drop(rollback(flush, mark, patience), flush);
                patience.sleep(flush.tenure(), retry.delayMillis(attempt));
            } catch (RuntimeException e) {
                // A fault of ours, but this record's: it is kept as a dead letter, the rest goes
                // on.
                LOG.log(
                        System.Logger.Level.ERROR,
                        "batch at " + flush.tenure() + ", offset " + record.offset() + " fails",
                        e);
                drop(rollback(flush, mark, patience), flush);
                sendDeadLetter(flush, record, "unexpected " + e.getClass().getName(), patience);
                return;
            }
        }
    }

    private void read(Flush flush, BatchRecord record, Flush.Mark mark, Patience patience)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        byte[] value = record.value();
        if (value == null) {
            throw new BatchRefusedException("the record has no value");
        }
        String key = keyOf(record);
        BatchRows rows = rows(flush, record, patience);
        Batch batch = reader.read(value, key, Strategy.INSERT, rows);
        requireKey(flush.tenure(), batch, record, patience);
        Batch.Claim claim = batch.claim();
        if (claim != null) {
            rows = readClaim(flush, record, batch, claim, mark, patience);
        } else if (!rows.areOf(batch)) {
            // Its dataset or strategy stood behind its URLs: now they are known.
            rollback(flush, mark, patience);
            rows = rows(flush, record, patience);
            reader.read(value, batch.dataset(), batch.strategy(), rows);
        }
        // From its first good batch on a dataset has an id.
        sleeping(flush.tenure(), "dataset ids", () -> datasets.idOf(batch.dataset()), patience);
        flush.accept(batch.dataset(), rows.tally(), record.offset());
        counters.batch(rows.tally());
    }

    private BatchRows readClaim(
            Flush flush,
            BatchRecord record,
            Batch batch,
            Batch.Claim claim,
            Flush.Mark mark,
            Patience patience)
            throws BatchRefusedException, AbandonedException, NoRoomException {
        for (int attempt = 1; ; attempt++) {
            BatchRows rows = rows(flush, record, patience);
            rows.begin(batch.dataset(), batch.strategy());
            try {
                claims.read(claim, rows, flush.tenure(), patience);
                retry.succeeded("claim check sources");
                return rows;
            } catch (IOException e) {
                retry.failed("claim check sources", e);
                drop(rollback(flush, mark, patience), flush);
                patience.sleep(flush.tenure(), retry.delayMillis(attempt));
            }
        }
    }

    private BatchRows rows(Flush flush, BatchRecord record, Patience patience) {
        return new BatchRows(flush, record.offset(), canonicalizer, limits, patience);
    }

    private void requireKey(Tenure tenure, Batch batch, BatchRecord record, Patience patience)
            throws BatchRefusedException, AbandonedException {
        if (batch.dataset().equals(keyOf(record)) && record.key() != null) {
            return;
        }
        boolean spread =
                sleeping(tenure, "dataset ids", () -> datasets.isSpread(batch.dataset()), patience);
        if (!spread) {
            throw new BatchRefusedException(
                    "the record's key is %s; it must be the dataset's name, %s, unless the dataset is spread"
                            .formatted(
                                    record.key() == null ? "null" : Quoted.of(keyOf(record)),
                                    Quoted.of(batch.dataset())));
        }
    }

    /** The key as text; empty, which no dataset's name is, if it is null or not UTF-8. */
    private static String keyOf(BatchRecord record) {
        byte[] key = record.key();
        if (key == null) {
            return "";
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key)).toString();
        } catch (CharacterCodingException e) {
            return "";
        }
    }

    private void sendDeadLetter(Flush flush, BatchRecord record, String reason, Patience patience)
            throws AbandonedException {
        Tenure tenure = flush.tenure();
        LOG.log(
                System.Logger.Level.WARNING,
                "batch at {0}, offset {1} is a dead letter: {2}",
                tenure,
                Long.toString(record.offset()),
                reason);
        var letter = new DeadLetter(tenure, record, reason);
        sleeping(
                tenure,
                "dead letters",
                () -> {
                    deadLetters.send(letter);
                    return letter;
                },
                patience);
        flush.deadLetter(record.offset());
        counters.deadLetter();
    }

    private List<LandingFile> rollback(Flush flush, Flush.Mark mark, Patience patience)
            throws AbandonedException {
        return sleeping(flush.tenure(), "local files", () -> flush.rollback(mark), patience);
    }

    /** Deletes files that no entry will ever name; one that stays is an orphan like others. */
    private void drop(List<LandingFile> files, Flush flush) {
        for (LandingFile file : files) {
            try {
                lake.delete(file.key());
            } catch (IOException e) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "spilled file " + file.key() + " of " + flush.tenure() + " stays behind",
                        e);
            }
        }
    }

    private <T> T sleeping(Tenure tenure, String what, Retry.Call<T> call, Patience patience)
            throws AbandonedException {
        return retry.until(what, call, millis -> patience.sleep(tenure, millis));
    }
}
