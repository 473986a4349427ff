package dev.whence.access;

import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.Purge;
import dev.whence.catalog.Version;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far takedowns have come, by what the newest version says: of which access rules everything is
 * gone, and since when. Immutable and thread-safe.
 */
public final class TakedownStates {
    /** Nothing is purged. */
    public static final TakedownStates NONE = new TakedownStates(Optional.empty(), Map.of());

    private final Optional<Version> newest;
    private final Map<String, Long> goneIn;

    private TakedownStates(Optional<Version> newest, Map<String, Long> goneIn) {
        this.newest = newest;
        this.goneIn = goneIn;
    }

    /**
     * Reads the rules that the newest version names, at most {@link
     * dev.whence.catalog.TakedownProgress#MOST_PURGES} and mostly one or two.
     *
     * @param newest empty if there is no version yet
     */
    public static TakedownStates read(AccessChain chain, Optional<Version> newest)
            throws IOException {
        var goneIn = new HashMap<String, Long>();
        if (newest.isPresent()) {
            for (Purge purge : newest.get().takedownsOrNone().purges()) {
                AccessRules rules =
                        chain.read(purge.rules())
                                .orElseThrow(() ->
                                        new CorruptCatalogException(
                                                "version " + newest.get().number(),
                                                "names access rules %d, which are not there"
                                                        .formatted(purge.rules()),
                                                null));
                for (Takedown takedown : rules.state().takedowns()) {
                    goneIn.putIfAbsent(takedown.id(), purge.version());
                }
            }
        }
        return new TakedownStates(newest, Map.copyOf(goneIn));
    }

    /** How far a takedown has come. */
    public TakedownState of(Takedown takedown) {
        Long version = goneIn.get(takedown.id());
        return version == null || newest.isEmpty()
                ? new TakedownState.Masked()
                : TakedownState.gone(version, newest.get());
    }
}
