package dev.whence.query.view;

import dev.whence.query.Deadline;
import dev.whence.query.QueryException;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.version.VersionHistory;
import dev.whence.query.version.VersionShelf;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;

/** Opens views. Thread-safe. */
public final class Views {
    private final VersionShelf shelf;
    private final VersionHistory history;
    private final LakeReader lake;
    private final Duration answerTime;

    private final MaskedCounts masks = new MaskedCounts();
    private final Tags tags = new Tags();

    /**
     * Views of a shelf's versions and a lake's rows.
     *
     * @param answerTime how long an answer may take
     */
    public Views(VersionShelf shelf, VersionHistory history, LakeReader lake, Duration answerTime) {
        this.shelf = shelf;
        this.history = history;
        this.lake = lake;
        this.answerTime = answerTime;
    }

    /**
     * A view of a version, to be closed by whoever asked.
     *
     * @param version empty for the one that is served
     */
    public View open(OptionalLong version, Sight sight) throws QueryException, IOException {
        return open(version, sight, answerTime);
    }

    /** The same for an answer that may take its own time. */
    public View open(OptionalLong version, Sight sight, Duration time)
            throws QueryException, IOException {
        return new View(
                version.isEmpty() ? shelf.lease() : shelf.lease(version.getAsLong()),
                sight,
                history,
                lake,
                masks,
                tags,
                Deadline.in(time));
    }
}
