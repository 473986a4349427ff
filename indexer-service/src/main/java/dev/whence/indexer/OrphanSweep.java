package dev.whence.indexer;

import dev.whence.catalog.BatchFileName;
import dev.whence.catalog.BlockName;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LogEntry;
import dev.whence.catalog.RejectsName;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds and deletes objects that nothing names and nothing ever will. What it cannot prove unused
 * stays:
 *
 * <ul>
 *   <li>A landing file, a source of a merge or a rejects file is an orphan when the entry of its
 *       slot exists and does not name it: entries are never changed. While there is no entry, a
 *       flush may still be on its way. A zombie that still uploads for a slot that is taken loses
 *       files that it cannot commit.
 *   <li>A block or a part was made for one version. It is an orphan when the version of that number
 *       exists and does not name it: no other version ever takes it up, and whoever made it lost,
 *       and builds again under other names. An indexer that is building the version after the
 *       newest is not touched, whoever publishes that first: its attempt at the put fails, before
 *       or after its objects are gone. What its version names goes when it is superseded and
 *       expired, and is none of this sweep's business.
 *   <li>A folded block was made of adjacent blocks of a version. It is an orphan when the version
 *       in which the lowest of these ceased to stand exists and does not name it: only that version
 *       could take it in.
 *   <li>A compacted file was made for one of the versions after a base. It is an orphan when the
 *       last of these exists and none of them names it. While it is written, or waits to be taken
 *       in, the last of them cannot exist; from then on nobody takes it in any more.
 *   <li>A merged file was made of the first steps of a queue. It is an orphan when the version in
 *       which these ceased to be the first exists and does not name it: only that version could
 *       take it in.
 *   <li>All must be older than a safety age, in case one of these proofs is wrong.
 * </ul>
 *
 * <p>A sweep looks at a bounded number of keys, and the next one goes on behind them. A key that
 * cannot be deleted comes again in the next round. Not thread-safe.
 */
final class OrphanSweep {
    private static final System.Logger AUDIT = System.getLogger("whence.audit");

    private static final System.Logger LOG = System.getLogger(OrphanSweep.class.getName());

    /** After so many deletions that failed, the store is taken to be out of order. */
    private static final int MOST_FAILURES = 10;

    private final ObjectStore store;
    private final VersionChain versions;
    private final CommitLog log;
    private final OrphanWalk walk;
    private final IndexerSettings settings;
    private final Clock clock;
    private final TakenFiles taken;
    private final QueueEnds queueEnds;
    private final FoldEnds foldEnds;
    private Optional<Version> asked = Optional.empty();
    private volatile int left;

    OrphanSweep(
            ObjectStore store,
            VersionChain versions,
            CommitLog log,
            OrphanWalk walk,
            IndexerSettings settings,
            Clock clock) {
        this.store = store;
        this.versions = versions;
        this.log = log;
        this.walk = walk;
        this.settings = settings;
        this.clock = clock;
        this.taken = new TakenFiles(versions);
        var ends = new ChainEnds(versions);
        this.queueEnds = new QueueEnds(ends);
        this.foldEnds = new FoldEnds(versions, ends);
    }

    /** Sweeps the next keys and gives those that it deleted. */
    List<String> sweep(LiveKeys live) throws IOException {
        var deleted = new ArrayList<String>();
        var failures = new ArrayList<IOException>();
        try {
            walk.visitNext(
                    settings.orphanKeysPerSweep(),
                    object -> {
                        if (oldEnough(object) && isOrphan(object, live)) {
                            delete(object.key(), deleted, failures);
                        }
                    });
        } finally {
            left = failures.size();
        }
        if (!failures.isEmpty()) {
            LOG.log(
                    Level.WARNING,
                    failures.size() + " orphans could not be deleted yet, one of them:",
                    failures.getFirst());
        }
        return deleted;
    }

    /** How many orphans the last sweep could not delete; any thread may ask. */
    int left() {
        return left;
    }

    private void delete(String key, List<String> deleted, List<IOException> failures)
            throws IOException {
        if (settings.dryRun()) {
            AUDIT.log(Level.INFO, "would delete {0}: orphan", key);
            return;
        }
        try {
            store.delete(key);
            deleted.add(key);
            AUDIT.log(Level.INFO, "delete {0}: orphan", key);
        } catch (IOException e) {
            failures.add(e);
            if (failures.size() == MOST_FAILURES) {
                throw e;
            }
        }
    }

    private boolean isOrphan(ObjectInfo object, LiveKeys live) throws IOException {
        String key = object.key();
        try {
            return isProvedOrphan(object, live);
        } catch (CorruptCatalogException e) {
            LOG.log(Level.WARNING, "Keep " + key + ": what it was made for cannot be read", e);
            return false;
        }
    }

    private boolean isProvedOrphan(ObjectInfo object, LiveKeys live) throws IOException {
        String key = object.key();
        Optional<BlockName> block = BlockName.of(key);
        if (block.isPresent()) {
            return mayBeNamedBy(block.get())
                    .filter(version -> !version.names(block.get().blockId()))
                    .isPresent();
        }
        Optional<RejectsName> rejects = RejectsName.of(key);
        if (rejects.isPresent()) {
            return log.read(rejects.get().partition(), rejects.get().slot())
                    .filter(entry -> !key.equals(entry.rejectsFile()))
                    .isPresent();
        }
        Optional<BatchFileName> source = BatchFileName.of(key);
        if (source.isPresent()) {
            return isNamedByNo(log.read(source.get().partition(), source.get().slot()), key);
        }
        return !live.test(key) && isOrphanOfLake(object);
    }

    /** The one version that may name a block first, if it is there. */
    private Optional<Version> mayBeNamedBy(BlockName block) throws IOException {
        return switch (block) {
            case BlockName.Own own -> version(own.version());
            case BlockName.Folded folded -> foldEnds.of(folded);
        };
    }

    private boolean isOrphanOfLake(ObjectInfo object) throws IOException {
        String key = object.key();
        return switch (LakeName.of(key).orElseThrow()) {
            case LakeName.Part part ->
                    version(part.version())
                            .filter(version -> !version.parts().contains(key))
                            .isPresent();
            case LakeName.Compacted compacted ->
                    olderThan(object, retiredAge()) && taken.isTakenByNone(key, compacted);
            case LakeName.Merged merged ->
                    queueEnds
                            .of(merged.datasetId(), merged.since())
                            .filter(version -> !version.parts().contains(key))
                            .isPresent();
            case LakeName.Landing landing ->
                    isNamedByNo(log.read(landing.partition(), landing.slot()), key);
        };
    }

    private static boolean isNamedByNo(Optional<LogEntry> entry, String key) {
        return entry.filter(found -> found.allFiles().map(LandingFile::key).noneMatch(key::equals))
                .isPresent();
    }

    /**
     * The version of that number; keys come in order, so that most ask for the same as the last.
     */
    private Optional<Version> version(long number) throws IOException {
        if (asked.isEmpty() || asked.get().number() != number) {
            asked = versions.read(number);
        }
        return asked;
    }

    private boolean oldEnough(ObjectInfo object) {
        return olderThan(object, settings.orphanSafetyAge());
    }

    /**
     * By then most of what was taken in and is not live any more has been retired: there is little
     * left of which a thousand versions have to be asked.
     */
    private Duration retiredAge() {
        return settings.retention()
                .age()
                .plus(settings.retention().grace())
                .plus(settings.orphanSafetyAge());
    }

    private boolean olderThan(ObjectInfo object, Duration least) {
        Duration age = Duration.between(object.lastModified(), Instant.now(clock));
        return age.compareTo(least) >= 0;
    }
}
