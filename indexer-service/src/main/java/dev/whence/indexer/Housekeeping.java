package dev.whence.indexer;

import dev.whence.catalog.Retirer;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes what nobody needs: what old versions left when they were retired, and what attempts left
 * that came to nothing. Runs beside the publishing and never holds it up.
 */
final class Housekeeping {
    private final Retirer retirer;
    private final OrphanSweep orphans;

    Housekeeping(Retirer retirer, OrphanSweep orphans) {
        this.retirer = retirer;
        this.orphans = orphans;
    }

    /** Deletes expired objects whose grace has passed, and says how many. */
    int retire(Base base) throws IOException {
        return whileMapped(base, live -> retirer.retire(base.version().orElseThrow(), live).size());
    }

    /** Looks at the next keys of the store, deletes those that are orphans, and says how many. */
    int sweepOrphans(Base base) throws IOException {
        return whileMapped(base, live -> orphans.sweep(live).size());
    }

    /** Expired objects that could not be deleted yet, as of the last run. */
    int expiredLeft() {
        return retirer.left();
    }

    /** Orphans that the last sweep could not delete. */
    int orphansLeft() {
        return orphans.left();
    }

    /** Since when the oldest may be deleted of what is still there. */
    Optional<Instant> dueSince() {
        return retirer.dueSince();
    }

    private static int whileMapped(Base base, Chore chore) throws IOException {
        if (base.version().isEmpty() || !base.snapshot().acquire()) {
            return 0;
        }
        try {
            return chore.run(new LiveKeys(base.snapshot()));
        } finally {
            base.snapshot().release();
        }
    }

    private interface Chore {
        int run(LiveKeys live) throws IOException;
    }
}
