package dev.whence.merge.directory;

import dev.whence.merge.MergeOutcome;
import dev.whence.merge.directory.TableSnapshot.Live;
import dev.whence.store.UnknownOutcomeException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes a table: snapshot, make, commit, roll forward. Whoever loses the race for a number reads
 * the winner: if what the change has read is as it was, the same staged files are committed under
 * the next number, so that a long merge is not starved by short ones; else it is made anew.
 */
final class DirectoryMerge {
    private static final int MAX_MAKINGS = 5;
    private static final int MAX_COMMITS = 100;

    private final DirectoryTable table;

    DirectoryMerge(DirectoryTable table) {
        this.table = table;
    }

    TableChanged run(TableChange change) throws IOException {
        for (int replanned = 0; replanned < MAX_MAKINGS; replanned++) {
            TableSnapshot snapshot = table.open();
            DirectoryStaging staging = table.staging(snapshot);
            @Nullable MergeOutcome outcome = make(change, snapshot, staging);
            if (outcome == null) {
                continue;
            }
            if (outcome.changesNothing()) {
                staging.discard();
                return new TableChanged(outcome, OptionalLong.empty(), 0, replanned);
            }
            @Nullable TableCommit done = commit(change, snapshot, staging, outcome);
            if (done != null) {
                table.finish(done);
                return new TableChanged(
                        outcome,
                        OptionalLong.of(done.number()),
                        done.number() - snapshot.number() - 1,
                        replanned);
            }
        }
        throw new TableConflictException(
                "%s: others changed what it had read %d times; nothing was changed, try again"
                        .formatted(change.operation(), MAX_MAKINGS));
    }

    /** Null if it failed because somebody else's commit took files from under it. */
    private @Nullable MergeOutcome make(
            TableChange change, TableSnapshot snapshot, DirectoryStaging staging)
            throws IOException {
        try {
            return change.make(snapshot.dataset(table.store()), staging);
        } catch (IOException | RuntimeException | Error e) {
            try {
                staging.discard();
                if (e instanceof IOException
                        && table.chain().newestFrom(snapshot.number()) > snapshot.number()) {
                    return null;
                }
            } catch (IOException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    /** Null if it has to be made anew; then its staged files are gone. */
    private @Nullable TableCommit commit(
            TableChange change,
            TableSnapshot planned,
            DirectoryStaging staging,
            MergeOutcome outcome)
            throws IOException {
        try {
            TableSnapshot base = planned;
            for (int attempt = 0; attempt < MAX_COMMITS; attempt++) {
                TableCommit commit =
                        new NextCommit(table, base, staging.mergeId()).of(change, outcome, staging);
                if (table.chain().commit(commit)) {
                    return commit;
                }
                TableSnapshot now = table.open();
                if (!isAsRead(change.reads(), outcome, planned, now)
                        || isSwept(staging.mergeId(), planned.number(), now.number())) {
                    staging.discard();
                    return null;
                }
                base = now;
            }
            staging.discard();
            return null;
        } catch (UnknownOutcomeException | RuntimeException e) {
            // It may be committed, now or later: what it staged must stay.
            throw e;
        } catch (IOException e) {
            try {
                staging.discard();
            } catch (IOException further) {
                e.addSuppressed(further);
            }
            throw e;
        }
    }

    private boolean isAsRead(
            Reads reads, MergeOutcome outcome, TableSnapshot planned, TableSnapshot now) {
        Map<String, Live> before = planned.byPath();
        Map<String, Live> after = now.byPath();
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        Set<String> takenOut = new HashSet<>();
        outcome.removed().forEach(file -> takenOut.add(table.paths().path(file.key())));
        if (!planned.partitionColumns().equals(now.partitionColumns())) {
            // What was staged does not fit beside the files that there are now.
            return false;
        }
        for (String path : all) {
            @Nullable Live was = before.get(path);
            @Nullable Live is = after.get(path);
            boolean same = was != null && is != null && was.file().bytes() == is.file().bytes();
            boolean matters = takenOut.contains(path) || reads.concern(HivePaths.partition(path));
            if (!same && matters) {
                return false;
            }
        }
        return true;
    }

    /** Whether somebody took this merge for dead, in a commit after the given one. */
    private boolean isSwept(String mergeId, long after, long newest) throws IOException {
        for (long number = newest; number > after; number--) {
            if (table.chain().read(number).swept().contains(mergeId)) {
                return true;
            }
        }
        return false;
    }
}
