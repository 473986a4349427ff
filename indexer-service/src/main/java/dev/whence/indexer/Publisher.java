package dev.whence.indexer;

import dev.whence.catalog.Commit;
import dev.whence.catalog.DatasetChange;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import java.io.IOException;
import java.lang.System.Logger.Level;

/** Puts a checked version, which is the publish, and announces it. */
final class Publisher {
    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    private final VersionChain versions;

    Publisher(VersionChain versions) {
        this.versions = versions;
    }

    /**
     * Puts the version. Whatever is thrown, the outcome is unknown: the version may be there, now
     * or later, so that nothing of it may be dropped; the next attempt reads the chain and sees.
     */
    Commit<Version> publish(Draft draft) throws IOException {
        Commit<Version> commit = versions.publish(draft.version());
        switch (commit) {
            case Commit.Done<Version>(Version ours) -> {
                tellRefused(ours);
                announce(ours);
            }
            case Commit.Lost<Version>(Version winner) -> {
                LOG.log(
                        Level.INFO,
                        "Version {0} was published by another indexer, planning again",
                        Long.toString(winner.number()));
                draft.workspace().drop();
            }
        }
        return commit;
    }

    private static void tellRefused(Version version) {
        for (DatasetChange change : version.changes()) {
            for (RefusedBatch batch : change.refusedBatches()) {
                LOG.log(
                        Level.WARNING,
                        "Version {0}: a batch of {1} for dataset {2} changed nothing: {3}",
                        Long.toString(version.number()),
                        batch.strategy().text(),
                        Integer.toUnsignedString(change.datasetId()),
                        batch.reason());
            }
        }
    }

    /** The hint makes readers faster; the version is published without it. */
    private void announce(Version version) {
        try {
            versions.announce(version);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "Version " + version.number() + " has no hint", e);
        }
    }
}
