package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.lake.ChunkPool;
import dev.whence.lake.UrlRowBuffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One contiguous range of offsets of a partition, with all that its batches brought: rows in
 * groups, rejected URLs, tallies. Filled by the reading thread, then sealed by being handed to the
 * writing thread; never touched by two threads at a time.
 *
 * <p>A group is what will be one file: a dataset, and a run of batches that do the same to it and
 * can be joined. When that changes a new group begins, so that the files in their order do what the
 * batches did in theirs.
 */
public final class Flush implements AutoCloseable {

    /** What will be one file, or none if its batches bring no row. */
    record Group(String dataset, Effect effect) {}

    /** A file that was written of a group's rows. */
    record GroupFile(int group, LandingFile file) {}

    /** A point to which a batch that is refused is taken back. */
    record Mark(long rows, long rejectsBytes, int groups, int spilled) {}

    private final Tenure tenure;
    private final long slot;
    private final long openedNanos;
    private final UrlRowBuffer rows;
    private final RejectedUrls rejects;
    private final List<Group> groups = new ArrayList<>();
    private final Map<String, Integer> newestGroup = new HashMap<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final List<GroupFile> spilled = new ArrayList<>();
    private long next;
    private long deadLetters;

    /**
     * @param slot the offset at which the flush before ended
     * @param rejects a file that does not exist
     */
    public Flush(Tenure tenure, long slot, ChunkPool pool, Path rejects, long nowNanos) {
        this.tenure = tenure;
        this.slot = slot;
        this.next = slot;
        this.openedNanos = nowNanos;
        this.rows = new UrlRowBuffer(pool);
        this.rejects = new RejectedUrls(rejects);
    }

    public Tenure tenure() {
        return tenure;
    }

    public long slot() {
        return slot;
    }

    /** The offset after the last record in it. */
    public long next() {
        return next;
    }

    /** Whether a whole record is in it. */
    public boolean hasRecords() {
        return next > slot;
    }

    public long heldBytes() {
        return rows.heldBytes();
    }

    /** Whether it should be written now, however young it is. */
    public boolean isFull(FlushLimits limits) {
        return rows.heldBytes() >= limits.flushBytes()
                || groups.size() >= FlushLimits.MAX_GROUPS
                || !spilled.isEmpty();
    }

    public boolean isDue(FlushLimits limits, long nowNanos) {
        return hasRecords() && nowNanos - openedNanos >= limits.flushAge().toNanos();
    }

    UrlRowBuffer rows() {
        return rows;
    }

    RejectedUrls rejects() {
        return rejects;
    }

    Group group(int number) {
        return groups.get(number);
    }

    /** All groups, in the order in which they take effect. */
    List<Group> groups() {
        return groups;
    }

    Map<String, Tally> tallies() {
        return tallies;
    }

    long deadLetters() {
        return deadLetters;
    }

    List<GroupFile> spilled() {
        return spilled;
    }

    /** The number of the group that a batch's rows go to, made if there is none. */
    int groupOf(String dataset, Effect effect) {
        Integer newest = newestGroup.get(dataset);
        if (newest != null && effect.canBeJoined() && groups.get(newest).effect().equals(effect)) {
            return newest;
        }
        groups.add(new Group(dataset, effect));
        newestGroup.put(dataset, groups.size() - 1);
        return groups.size() - 1;
    }

    Mark mark() {
        return new Mark(rows.mark(), rejects.bytes(), groups.size(), spilled.size());
    }

    /** Takes back what came since the mark; the files spilled since then are left to the caller. */
    List<GroupFile> rollback(Mark mark) throws IOException {
        List<GroupFile> since = spilled.subList(mark.spilled(), spilled.size());
        List<GroupFile> dropped = List.copyOf(since);
        since.clear();
        // A spill took the rows before the mark too, but there were none: only a flush's first
        // record may spill.
        rows.rollback(Math.min(mark.rows(), rows.rows()));
        rejects.rollback(mark.rejectsBytes());
        if (groups.size() > mark.groups()) {
            groups.subList(mark.groups(), groups.size()).clear();
            newestGroup.clear();
            for (int number = 0; number < groups.size(); number++) {
                newestGroup.put(groups.get(number).dataset(), number);
            }
        }
        return dropped;
    }

    /** Ends a batch that was taken. */
    void accept(String dataset, Tally tally, long offset) {
        tallies.computeIfAbsent(dataset, _ -> new Tally()).add(tally);
        next = offset + 1;
    }

    /** Ends a batch that was refused, rolled back and sent to the dead letters. */
    void deadLetter(long offset) {
        deadLetters++;
        next = offset + 1;
    }

    /** Notes files that were written of the rows so far, and drops those. */
    void spilled(List<GroupFile> files) {
        spilled.addAll(files);
        rows.clear();
    }

    /** Gives the memory back and deletes the local file. */
    @Override
    public void close() throws IOException {
        rows.clear();
        rejects.close();
    }
}
