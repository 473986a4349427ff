package dev.whence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.Takedown.Scope;
import dev.whence.catalog.Block;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.catalog.Operations;
import dev.whence.catalog.Pin;
import dev.whence.catalog.Purge;
import dev.whence.catalog.TakedownProgress;
import dev.whence.catalog.Version;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TakedownStatesTest {
    private final ObjectStore store = ObjectStores.memory();
    private final AccessChain chain = new AccessChain(store);

    @Test
    void isMaskedUntilAVersionSaysThatItIsGone() throws Exception {
        Takedown first = takeDown("a.example");
        Takedown second = takeDown("b.example");
        Takedown third = takeDown("c.example");
        assertThat(TakedownStates.NONE.of(first)).isEqualTo(new TakedownState.Masked());
        TakedownStates states =
                states(version(0, List.of(), List.of(new Purge(1, 5), new Purge(2, 7))));
        assertThat(states.of(first)).isEqualTo(new TakedownState.Purged(5, List.of()));
        assertThat(states.of(second)).isEqualTo(new TakedownState.Purged(7, List.of()));
        assertThat(states.of(third)).isEqualTo(new TakedownState.Masked());
    }

    @Test
    void namesThePinsThatKeepOldVersions() throws Exception {
        Takedown takedown = takeDown("a.example");
        var old = new Pin(4, 1);
        TakedownState state =
                states(version(3, List.of(old, new Pin(5, 2)), List.of(new Purge(1, 5))))
                        .of(takedown);
        assertThat(state).isEqualTo(new TakedownState.Purged(5, List.of(old)));
        assertThat(state.text())
                .isEqualTo("purged in version 5, version 4 is pinned by instruction 1");
    }

    @Test
    void isExpiredOnceWhatTheVersionGaveUpIsDeleted() throws Exception {
        Takedown takedown = takeDown("a.example");
        List<Purge> purges = List.of(new Purge(1, 5));
        assertThat(states(version(4, List.of(), purges)).of(takedown).text())
                .isEqualTo("purged in version 5");
        assertThat(states(version(5, List.of(), purges)).of(takedown).text())
                .isEqualTo("purged in version 5, old versions expired");
    }

    @Test
    void rulesThatAreMissingAreAnError() {
        assertThatThrownBy(() -> states(version(0, List.of(), List.of(new Purge(9, 5)))))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining("access rules 9");
    }

    private TakedownStates states(Version newest) throws Exception {
        return TakedownStates.read(chain, Optional.of(newest));
    }

    private Takedown takeDown(String domain) throws Exception {
        var takedown =
                new Takedown(domain, Scope.DOMAIN, domain, "a test", "a tester", Instant.EPOCH);
        new AccessEditor(chain, Clock.systemUTC(), new SecureRandom())
                .make(
                        new AccessChange.TakeDown(List.of(takedown)),
                        "a tester",
                        "a test",
                        lost -> {});
        return takedown;
    }

    private static Version version(long deletedUpTo, List<Pin> pins, List<Purge> purges) {
        return new Version(
                Version.FORMAT,
                9,
                Instant.EPOCH,
                "writer",
                1,
                "2026-01-01",
                List.of(),
                List.of(),
                new Block("table", List.of()),
                List.of(),
                List.of(),
                new Version.Counts(0, 0, 0, 0),
                0,
                1,
                deletedUpTo,
                List.of(),
                List.of(),
                null,
                new Operations(2, pins, List.of(), null, null),
                new TakedownProgress(3, 0, purges));
    }
}
