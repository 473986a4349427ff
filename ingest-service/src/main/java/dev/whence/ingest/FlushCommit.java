package dev.whence.ingest;

import dev.whence.catalog.Commit;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.DatasetTally;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Carries a sealed flush out: write, upload, commit. Whatever happens before the one put of the
 * entry leaves nothing that anybody sees; whatever happens after it changes nothing.
 */
public final class FlushCommit {
    private static final System.Logger LOG = System.getLogger(FlushCommit.class.getName());

    private final CommitLog log;
    private final LandingFiles landing;
    private final Datasets datasets;
    private final TopicCheck topics;
    private final FreshId ids;
    private final Clock clock;
    private final Retry retry;
    private final IngestCounters counters;

    public FlushCommit(
            CommitLog log,
            LandingFiles landing,
            Datasets datasets,
            TopicCheck topics,
            FreshId ids,
            Clock clock,
            Retry retry,
            IngestCounters counters) {
        this.log = log;
        this.landing = landing;
        this.datasets = datasets;
        this.topics = topics;
        this.ids = ids;
        this.clock = clock;
        this.retry = retry;
        this.counters = counters;
    }

    /** Commits the flush, or ends its tenure if the slot or the topic is not its own any more. */
    void carryOut(Flush flush) throws AbandonedException {
        long begun = System.nanoTime();
        Tenure tenure = flush.tenure();
        tenure.requireActive();
        Retry.Sleep sleep = millis -> Waiting.sleep(tenure, millis);

        var written = new ArrayList<>(flush.spilled());
        written.addAll(landing.write(flush, sleep));
        Map<String, Integer> datasetIds = datasetIds(flush, sleep);
        EntryFiles files = EntryFiles.of(flush.groups(), written, datasetIds);
        String rejects = flush.rejects().bytes() == 0 ? null : landing.writeRejects(flush, sleep);
        LogEntry entry =
                new LogEntry(
                        tenure.partition(),
                        flush.slot(),
                        flush.next(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        ids.next(),
                        files.added(),
                        tallies(flush, datasetIds),
                        flush.deadLetters(),
                        rejects,
                        files.merges());
        requireSameTopic(tenure, sleep);

        // The same entry each time: whichever attempt comes through writes the same bytes.
        switch (retry.until("commit log", () -> log.append(entry), sleep)) {
            case Commit.Done<LogEntry>(LogEntry ours) -> {
                tenure.confirm(ours.nextOffset());
                long rows = ours.allFiles().mapToLong(LandingFile::rows).sum();
                long bytes = ours.allFiles().mapToLong(LandingFile::bytes).sum();
                counters.flush(written.size(), rows, bytes, System.nanoTime() - begun);
            }
            case Commit.Lost<LogEntry>(LogEntry winner) -> {
                counters.lostSlot();
                LOG.log(
                        System.Logger.Level.WARNING,
                        "slot {0} of {1} was taken by writer {2}: this work is dropped",
                        Long.toString(flush.slot()),
                        tenure,
                        winner.writer());
                tenure.leave(Tenure.State.LOST, "its slot was taken by another writer");
            }
        }
    }

    /** Of every dataset that had a batch. */
    private Map<String, Integer> datasetIds(Flush flush, Retry.Sleep sleep)
            throws AbandonedException {
        var datasetIds = new LinkedHashMap<String, Integer>();
        for (String name : flush.tallies().keySet()) {
            datasetIds.put(name, retry.until("dataset ids", () -> datasets.idOf(name), sleep));
        }
        return datasetIds;
    }

    private static List<DatasetTally> tallies(Flush flush, Map<String, Integer> datasetIds) {
        var tallies = new ArrayList<DatasetTally>();
        datasetIds.forEach((name, id) -> {
            Tally tally = flush.tallies().get(name);
            if (tally != null) {
                tallies.add(tally.of(id));
            }
        });
        return tallies;
    }

    /**
     * A topic that was made again counts its offsets from 0 again, and a consumer may read on in it
     * without a word. Its id is another, and none comes back: if it is the tenure's now, all
     * records before were of that topic too.
     */
    private void requireSameTopic(Tenure tenure, Retry.Sleep sleep) throws AbandonedException {
        if (!retry.until("topic ids", () -> topics.isStill(tenure), sleep)) {
            tenure.leave(Tenure.State.LOST, "its topic was made again");
            tenure.requireActive();
        }
    }
}
