package dev.whence.query.export;

import dev.whence.query.QueryException;
import dev.whence.query.Turns;
import dev.whence.query.listing.UrlPages;
import java.time.Duration;

/** How many exports there are at once, and how long each may take. Thread-safe. */
public final class Exports {
    private final Turns turns;
    private final UrlPages pages;
    private final Duration time;
    private final Duration stall;

    /**
     * None are under way.
     *
     * @param most how many at once
     * @param time how long one may take
     * @param stall how long one waits for a reader who takes nothing
     */
    public Exports(int most, Duration time, Duration stall) {
        this.turns = new Turns(most, Duration.ZERO);
        // An export reads one page at a time, so none ever waits for another in here.
        this.pages = new UrlPages(new Turns(most, Duration.ZERO));
        this.time = time;
        this.stall = stall;
    }

    /**
     * The right to one export, at once or not at all.
     *
     * @throws QueryException.Busy if too many are under way
     */
    public Turns.Turn take() throws QueryException {
        return turns.take();
    }

    /** Pages of URLs for exports alone, which other questions do not wait for. */
    public UrlPages pages() {
        return pages;
    }

    public Duration time() {
        return time;
    }

    public Duration stall() {
        return stall;
    }
}
