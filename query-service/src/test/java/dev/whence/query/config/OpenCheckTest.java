package dev.whence.query.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.Nameless;
import dev.whence.access.Takedown;
import dev.whence.query.access.RulesFollower;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenCheckTest {
    private final ObjectStore store = ObjectStores.memory();

    @Test
    void aServiceOnLoopbackMayBeOpen() {
        for (String host : List.of("127.0.0.1", "127.8.0.1", "::1", "localhost")) {
            assertThat(OpenCheck.mayBeOpen(host, false)).as(host).isTrue();
            assertThatCode(() -> check(host, false)).doesNotThrowAnyException();
        }
    }

    @Test
    void onAnyOtherAddressItHasRulesOrIsMeantToBeOpen() throws Exception {
        for (String host : List.of("0.0.0.0", "::", "10.0.0.7", "no such host")) {
            assertThatThrownBy(() -> check(host, false))
                    .as(host)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no access rules")
                    .hasMessageContaining("whence.query.open-to-all")
                    .hasMessageContaining(host);
            assertThatCode(() -> check(host, true)).doesNotThrowAnyException();
        }
        make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
        assertThatCode(() -> check("0.0.0.0", false)).doesNotThrowAnyException();
    }

    @Test
    void rulesThatDoNotSayWhatStrangersSeeOpenNothing() throws Exception {
        make(
                new AccessChange.TakeDown(
                        List.of(
                                new Takedown(
                                        "1",
                                        Takedown.Scope.DOMAIN,
                                        "a.example",
                                        "case 1",
                                        "me",
                                        Instant.EPOCH))));
        make(new AccessChange.Restrict("c4", List.of()));
        assertThatThrownBy(() -> check("0.0.0.0", false))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("access rules 2 do not say")
                .hasMessageContaining("whence access nameless");
        assertThatCode(() -> check("127.0.0.1", false)).doesNotThrowAnyException();
        assertThatCode(() -> check("0.0.0.0", true)).doesNotThrowAnyException();
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        assertThatCode(() -> check("0.0.0.0", false)).doesNotThrowAnyException();
    }

    private void make(AccessChange change) throws Exception {
        new AccessEditor(new AccessChain(store), Clock.systemUTC(), new SecureRandom())
                .make(change, "me", "", _ -> {});
    }

    private void check(String host, boolean openToAll) {
        var rules =
                new RulesFollower(
                        new AccessChain(store),
                        Duration.ofMinutes(1),
                        OpenCheck.mayBeOpen(host, openToAll),
                        Clock.systemUTC());
        OpenCheck.check(rules, host);
    }
}
