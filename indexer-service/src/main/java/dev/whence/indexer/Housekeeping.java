package dev.whence.indexer;

import dev.whence.catalog.Retirer;
import java.io.IOException;

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
