package dev.whence.indexer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.AccessRules;
import dev.whence.access.RefusedChangeException;
import dev.whence.access.Takedown;
import dev.whence.access.Takedown.Scope;
import dev.whence.access.TakedownState;
import dev.whence.access.TakedownStates;
import dev.whence.access.Takedowns;
import dev.whence.catalog.FreshId;
import dev.whence.catalog.LandingFile;
import dev.whence.index.LakeFile;
import dev.whence.lake.RowCursor;
import dev.whence.lake.UrlFile;
import dev.whence.lake.UrlRow;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Takes down and lifts, as somebody at the command line does. */
final class Rulings {
    private final Fixture fixture;
    private final AccessChain chain;
    private final AccessEditor editor;
    private final FreshId ids;

    Rulings(Fixture fixture) {
        this.fixture = fixture;
        this.chain = new AccessChain(fixture.store);
        this.editor = new AccessEditor(chain, fixture.clock, new SecureRandom());
        this.ids = new FreshId(fixture.clock, new Random(5));
    }

    Takedown takeDown(Scope scope, String value) throws IOException {
        var takedown =
                new Takedown(
                        ids.next(), scope, value, "a test", "a tester", fixture.clock.instant());
        make(new AccessChange.TakeDown(List.of(takedown)));
        return takedown;
    }

    void lift(Takedown takedown) throws IOException {
        make(new AccessChange.Lift(List.of(takedown.id())));
    }

    /** All that is taken down now. */
    Takedowns inForce() throws IOException {
        return Takedowns.of(
                chain.newest().map(rules -> rules.state().takedowns()).orElse(List.of()));
    }

    TakedownState state(Takedown takedown) throws IOException {
        return TakedownStates.read(chain, Optional.of(fixture.newest())).of(takedown);
    }

    /** The newest version holds all that came, and nothing that is taken down. */
    void assertGone() throws IOException {
        try (Base newest = fixture.open(fixture.newest())) {
            fixture.landings.naive().without(inForce()).assertHeldBy(newest, fixture.store);
        }
    }

    /**
     * No object that the newest version names, be it live or waiting, holds a row of a takedown of
     * which the version says that it is gone.
     */
    void assertWhatIsGoneIsGone(List<Takedown> takedowns) throws IOException {
        if (fixture.versions.latestFrom(0).isEmpty()) {
            return;
        }
        var gone = new ArrayList<Takedown>();
        for (Takedown takedown : takedowns) {
            if (!(state(takedown) instanceof TakedownState.Masked)) {
                gone.add(takedown);
            }
        }
        if (gone.isEmpty()) {
            return;
        }
        try (Base newest = fixture.open(fixture.newest())) {
            Stream<String> named =
                    Stream.concat(
                            newest.snapshot().files().map(LakeFile::key),
                            WaitingFiles.of(newest.table()).map(LandingFile::key));
            for (String key : named.toList()) {
                assertHoldsNothingOf(key, Takedowns.of(gone));
            }
        }
    }

    private void assertHoldsNothingOf(String key, Takedowns gone) throws IOException {
        try (RowCursor rows = UrlFile.open(fixture.store, key).allRows()) {
            for (UrlRow row = rows.next(); row != null; row = rows.next()) {
                assertThat(gone.hide(row.domain(), row.host(), row.pathQuery()))
                        .as("%s in %s is taken down", row.url(), key)
                        .isFalse();
            }
        }
    }

    private AccessRules make(AccessChange change) throws IOException {
        try {
            return editor.make(change, "a tester", "a test", lost -> {});
        } catch (RefusedChangeException e) {
            throw new IllegalStateException(e);
        }
    }
}
