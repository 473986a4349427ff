package dev.whence.query;

import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.IndexFileException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings a {@link VersionShelf} to the end of the chain, one look at a time. One thread looks; the
 * state may be read by any.
 */
public final class VersionFollower {

    /**
     * Where it stands.
     *
     * @param newestKnown the highest number seen in the chain
     * @param behindSince since when it has not been at the end of the chain, as far as it can know;
     *     null if it is
     * @param problem what keeps it, in words for an operator; null if nothing does
     */
    public record State(long newestKnown, @Nullable Instant behindSince, @Nullable String problem) {

        /** How long it has been behind. */
        public Duration behind(Instant now) {
            return behindSince == null ? Duration.ZERO : Duration.between(behindSince, now);
        }
    }

    private final VersionChain chain;
    private final VersionShelf shelf;
    private final Clock clock;
    private volatile State state;

    public VersionFollower(VersionChain chain, VersionShelf shelf, Clock clock) {
        this.chain = chain;
        this.shelf = shelf;
        this.clock = clock;
        this.state = new State(0, clock.instant(), "no version has been looked for yet");
    }

    public State state() {
        return state;
    }

    /** Looks for a newer version than the one served and, if there is one, serves the newest. */
    public FollowStep poll() {
        long served = shelf.served().orElse(-1);
        Optional<Version> newer;
        try {
            newer = newerThan(served);
        } catch (CorruptCatalogException e) {
            return refuse(served + 1, e);
        } catch (IOException e) {
            return fail(e);
        }
        if (newer.isEmpty() && served >= 0) {
            state = new State(served, null, null);
            return new FollowStep.Unchanged();
        }
        long number = newer.map(Version::number).orElse(0L);
        try {
            if (newer.isPresent()) {
                shelf.advance(newer.get());
            } else {
                shelf.advanceToEmpty();
            }
        } catch (CorruptCatalogException | IndexFileException | UnknownProfileException e) {
            return refuse(number, e);
        } catch (IOException e) {
            return fail(e);
        }
        state = new State(number, null, null);
        return new FollowStep.Advanced(served, number);
    }

    private Optional<Version> newerThan(long served) throws IOException {
        if (served < 0) {
            return chain.latest();
        }
        return chain.read(served + 1).isEmpty() ? Optional.empty() : chain.latestFrom(served + 1);
    }

    private FollowStep refuse(long number, IOException cause) {
        behind(number, "version " + number + " was refused: " + cause.getMessage());
        try {
            shelf.forgetUnused();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new FollowStep.Refused(number, cause);
    }

    private FollowStep fail(IOException cause) {
        behind(state.newestKnown(), "cannot look for versions: " + cause.getMessage());
        return new FollowStep.Failed(cause);
    }

    private void behind(long newestKnown, String problem) {
        Instant since = state.behindSince();
        state =
                new State(
                        Math.max(newestKnown, state.newestKnown()),
                        since == null ? clock.instant() : since,
                        problem);
    }
}
