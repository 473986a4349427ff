package dev.whence.ingest.kafka;

import dev.whence.ingest.Flush;
import dev.whence.ingest.FlushLimits;
import dev.whence.ingest.FlushThread;
import dev.whence.ingest.LandingFiles;
import dev.whence.ingest.Tenure;
import dev.whence.lake.ChunkPool;
import org.jspecify.annotations.Nullable;

/**
 * The flushes that are being filled, one for each partition at most. Of the reading thread alone.
 */
final class OpenFlushes {
    private final Assignment assignment;
    private final FlushThread writer;
    private final LandingFiles landing;
    private final ChunkPool pool;
    private final FlushLimits limits;

    OpenFlushes(
            Assignment assignment,
            FlushThread writer,
            LandingFiles landing,
            ChunkPool pool,
            FlushLimits limits) {
        this.assignment = assignment;
        this.writer = writer;
        this.landing = landing;
        this.pool = pool;
        this.limits = limits;
    }

    /** The partition's open flush, opened now if there is none. */
    Flush of(PartitionReading reading) {
        Flush flush = reading.open();
        if (flush == null) {
            flush =
                    new Flush(
                            reading.tenure(),
                            reading.next(),
                            pool,
                            landing.freshFile(".ndjson"),
                            System.nanoTime());
            reading.open(flush);
        }
        return flush;
    }

    boolean isFull(Flush flush) {
        return flush.isFull(limits);
    }

    /** Hands the partition's open flush, if it holds records, to the writing thread. */
    void seal(PartitionReading reading) {
        Flush flush = reading.open();
        if (flush != null && flush.hasRecords()) {
            reading.seal();
            writer.submit(flush);
        }
    }

    /**
     * Seals what is old enough; one flush of a partition at a time, the next grows meanwhile.
     *
     * @param filling whose flush stays open, since a record is only half in it; null for none
     */
    void sealDue(@Nullable Tenure filling) {
        long now = System.nanoTime();
        for (PartitionReading reading : assignment.readings()) {
            Tenure tenure = reading.tenure();
            Flush flush = reading.open();
            if (flush != null
                    && tenure != filling
                    && flush.isDue(limits, now)
                    && tenure.isActive()
                    && tenure.flushesUnderWay() == 0) {
                seal(reading);
            }
        }
    }

    /** Seals every flush but that of a tenure, however young they are. */
    void sealOthers(Tenure filling) {
        assignment.readings().stream()
                .filter(reading -> reading.tenure() != filling)
                .forEach(this::seal);
    }

    /** Seals every flush that may still be committed. */
    void sealAll() {
        assignment.readings().stream()
                .filter(reading -> reading.tenure().isActive())
                .forEach(this::seal);
    }
}
