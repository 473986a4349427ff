package dev.whence.cli.retire;

import dev.whence.catalog.Retention;
import dev.whence.catalog.RetentionRules;
import dev.whence.catalog.Retirer;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Deletes until nothing is due any more, or nothing can be deleted. Safe at any moment, beside an
 * indexer and beside itself: what versions superseded none ever names again, so each object that is
 * due is due for all who look, and to delete it twice is to delete it once. What the newest version
 * names all the same stays.
 */
public final class Retirement {
    private final ObjectStore store;
    private final RetireSettings settings;
    private final Clock clock;

    public Retirement(ObjectStore store, RetireSettings settings, Clock clock) {
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Deletes what is due, or looks what is.
     *
     * @return empty if nothing has been published yet
     * @throws IOException if the store or the disk fails, or the newest version cannot be read
     */
    public Optional<Retired> run() throws IOException {
        var versions = new VersionChain(store);
        Optional<Version> newest = versions.latest();
        return newest.isEmpty() ? Optional.empty() : Optional.of(run(newest.get(), versions));
    }

    private Retired run(Version newest, VersionChain versions) throws IOException {
        // How long versions stay readable stands in them; of the rules, only the grace is asked.
        var rules = new RetentionRules(Duration.ZERO, 1, settings.grace());
        var retirer = new Retirer(store, versions, new Retention(rules), settings.dryRun(), clock);
        var live = new LiveFiles(store, newest);
        int deleted = 0;
        try {
            do {
                deleted += retirer.retire(newest, live).size();
            } while (retirer.hasMore());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return new Retired(newest.number(), deleted, retirer.left(), retirer.dueSince());
    }
}
