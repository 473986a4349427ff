package dev.whence.merge.directory;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A table in a directory or under a prefix: all objects that end in {@code .parquet}, but for those
 * in hidden folders. Before its first commit it is what lies there; from then on, what the newest
 * commit names. Thread-safe, and safe with any number of processes that change it at once.
 */
public final class DirectoryTable {
    private final ObjectStore store;
    private final TablePaths paths;
    private final Clock clock;
    private final RandomGenerator random;
    private final CommitChain chain;
    private final RollForward rollForward;
    private final TableReader reader;

    /**
     * @param root where its files' keys begin: empty, or ending with a slash
     * @param random gives ids that no other process may give: a secure one
     */
    public DirectoryTable(ObjectStore store, String root, Clock clock, RandomGenerator random) {
        this.store = store;
        this.paths = new TablePaths(root);
        this.clock = clock;
        this.random = random;
        this.chain = new CommitChain(store, paths);
        this.rollForward = new RollForward(store, paths, chain);
        this.reader = new TableReader(store, paths, chain, rollForward);
    }

    public ObjectStore store() {
        return store;
    }

    /**
     * The table as it is, exactly, for readers; writes nothing. A file stays where the snapshot
     * says until the next change: a reader that finds one gone takes a new snapshot.
     */
    public TableSnapshot snapshot() throws IOException {
        return reader.committed();
    }

    /**
     * The table as a change would find it: with files that other programs put in since the newest
     * commit. Writes nothing.
     */
    public TableSnapshot present() throws IOException {
        return reader.present();
    }

    /** Finishes what a writer that is gone has committed; after that, a plain listing is right. */
    public void rollForward() throws IOException {
        long newest = chain.newest();
        if (newest > 0) {
            rollForward.apply(chain.read(newest));
        }
    }

    /** Carries a change out, again where others were faster. */
    public TableChanged change(TableChange change) throws IOException {
        return new DirectoryMerge(this).run(change);
    }

    /**
     * The newest commits, newest first.
     *
     * @param most how many at most
     */
    public List<TableCommit> log(int most) throws IOException {
        List<TableCommit> log = new ArrayList<>();
        for (long number = chain.newest(); number > 0 && log.size() < most; number--) {
            log.add(chain.read(number));
        }
        return log;
    }

    /** What can be deleted from it, and how. */
    public TableCleaning cleaning() {
        return new TableCleaning(this);
    }

    /** Finishes what is committed, and says what a change may begin with. */
    TableSnapshot open() throws IOException {
        rollForward();
        return reader.present();
    }

    DirectoryStaging staging(TableSnapshot snapshot) {
        return new DirectoryStaging(store, paths, freshId(), snapshot.folders());
    }

    String freshId() {
        return "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }

    Clock clock() {
        return clock;
    }

    TablePaths paths() {
        return paths;
    }

    CommitChain chain() {
        return chain;
    }

    TableReader reader() {
        return reader;
    }

    RollForward mover() {
        return rollForward;
    }

    /** Moves the files of one's own commit, which stands whatever happens now. */
    void finish(TableCommit commit) throws UnfinishedCommitException {
        try {
            rollForward.apply(commit);
        } catch (IOException e) {
            throw new UnfinishedCommitException(commit, e);
        }
    }
}
