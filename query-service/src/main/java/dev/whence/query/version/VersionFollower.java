package dev.whence.query.version;

import static java.util.Objects.requireNonNull;

import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.Version;
import dev.whence.catalog.VersionChain;
import dev.whence.index.IndexFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
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

        /**
         * How long it has been behind. A clock that was set back makes it longer, never shorter:
         * old versions may be going.
         */
        public Duration behind(Instant now) {
            return behindSince == null ? Duration.ZERO : Duration.between(behindSince, now).abs();
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

    /**
     * Looks for a newer version than the one served and, if there is one, serves the newest. No
     * version, however broken, gets more than a refusal: only an {@link Error} is thrown.
     */
    public FollowStep poll() {
        long served = shelf.served().orElse(-1);
        Optional<Version> newer;
        try {
            newer = newerThan(served);
        } catch (IOException | RuntimeException e) {
            return remain(served + 1, e);
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
        } catch (IOException | RuntimeException e) {
            return remain(number, e);
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

    /** What goes on serving the version before means, by what stopped the next one. */
    private FollowStep remain(long number, Exception problem) {
        return switch (problem) {
            case UncheckedIOException e -> remain(number, requireNonNull(e.getCause()));
            case CorruptCatalogException e -> refuse(number, e);
            case IndexFileException e -> refuse(number, e);
            case UnknownProfileException e -> refuse(number, e);
            case IOException e -> fail(e);
            // Damage that no check foresaw, such as a null where a list should be.
            default -> refuse(number, problem);
        };
    }

    private FollowStep refuse(long number, Exception cause) {
        String reason = cause instanceof IOException ? cause.getMessage() : cause.toString();
        behind(number, "version " + number + " was refused: " + reason);
        shelf.forgetUnused();
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
