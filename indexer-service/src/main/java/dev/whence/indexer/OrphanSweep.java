package dev.whence.indexer;

import dev.whence.catalog.BlockName;
import dev.whence.catalog.CommitLog;
import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.lake.LakeLayout;
import dev.whence.store.ObjectInfo;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds and deletes objects that nothing names and nothing ever will. What it cannot prove unused
 * stays:
 *
 * <ul>
 *   <li>A landing file is an orphan when the entry of its slot exists and does not name it: entries
 *       are never changed. While there is no entry, a flush may still be on its way. A zombie that
 *       still uploads for a slot that is taken loses files that it cannot commit.
 *   <li>A block or a part was made for one version. It is an orphan when the version of that number
 *       exists and does not name it: no other version ever takes it up, and whoever made it lost,
 *       and builds again under other names. An indexer that is building the version after the
 *       newest is not touched, whoever publishes that first: its attempt at the put fails, before
 *       or after its objects are gone. What its version names goes when it is superseded and
 *       expired, and is none of this sweep's business.
 *   <li>Both must be older than a safety age, in case one of these proofs is wrong.
 * </ul>
 *
 * <p>A sweep looks at a bounded number of keys, and the next one goes on behind them. Not
 * thread-safe.
 */
final class OrphanSweep {
    private static final System.Logger AUDIT = System.getLogger("whence.audit");

    private final ObjectStore store;
    private final VersionChain versions;
    private final CommitLog log;
    private final DatasetRegistry datasets;
    private final IndexerSettings settings;
    private final Clock clock;
    private int folder;
    private String sweptUpTo = "";
    private Optional<Version> asked = Optional.empty();

    OrphanSweep(
            ObjectStore store,
            VersionChain versions,
            CommitLog log,
            DatasetRegistry datasets,
            IndexerSettings settings,
            Clock clock) {
        this.store = store;
        this.versions = versions;
        this.log = log;
        this.datasets = datasets;
        this.settings = settings;
        this.clock = clock;
    }

    /** Sweeps the next keys and gives those that it deleted. */
    List<String> sweep(LiveKeys live) throws IOException {
        var deleted = new ArrayList<String>();
        for (ObjectInfo object : nextObjects()) {
            if (oldEnough(object) && isOrphan(object.key(), live)) {
                if (settings.dryRun()) {
                    AUDIT.log(Level.INFO, "would delete {0}: orphan", object.key());
                } else {
                    store.delete(object.key());
                    deleted.add(object.key());
                    AUDIT.log(Level.INFO, "delete {0}: orphan", object.key());
                }
            }
        }
        return deleted;
    }

    private boolean isOrphan(String key, LiveKeys live) throws IOException {
        Optional<BlockName> block = BlockName.of(key);
        if (block.isPresent()) {
            return version(block.get().version())
                    .filter(version -> !version.names(block.get().blockId()))
                    .isPresent();
        }
        if (live.test(key)) {
            return false;
        }
        return switch (LakeName.of(key).orElseThrow()) {
            case LakeName.Part part ->
                    version(part.version())
                            .filter(version -> !version.parts().contains(key))
                            .isPresent();
            case LakeName.Landing landing ->
                    log.read(landing.partition(), landing.slot())
                            .filter(entry ->
                                    entry.files().stream()
                                            .map(LandingFile::key)
                                            .noneMatch(key::equals))
                            .isPresent();
        };
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
        Duration age = Duration.between(object.lastModified(), Instant.now(clock));
        return age.compareTo(settings.orphanSafetyAge()) >= 0;
    }

    /**
     * The keys after those of the last sweep, of the blocks and then of one dataset after another.
     */
    private List<ObjectInfo> nextObjects() throws IOException {
        List<String> folders = folders();
        if (folder >= folders.size()) {
            folder = 0;
        }
        try (Stream<ObjectInfo> objects = store.list(folders.get(folder))) {
            List<ObjectInfo> next =
                    objects.dropWhile(object -> object.key().compareTo(sweptUpTo) <= 0)
                            .limit(settings.orphanKeysPerSweep())
                            .toList();
            if (next.size() < settings.orphanKeysPerSweep()) {
                folder++;
                sweptUpTo = "";
            } else {
                sweptUpTo = next.getLast().key();
            }
            return next;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private List<String> folders() throws IOException {
        var folders = new ArrayList<String>();
        folders.add(BlockName.ROOT);
        for (Dataset dataset : datasets.all()) {
            folders.add(
                    LakeLayout.ROOT + "dataset_id=" + Integer.toUnsignedString(dataset.id()) + "/");
        }
        return folders;
    }
}
