package dev.whence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.Takedown.Scope;
import dev.whence.catalog.CorruptCatalogException;
import dev.whence.store.CountingObjectStore;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStoreException;
import dev.whence.store.ObjectStores;
import dev.whence.store.fault.Fault;
import dev.whence.store.fault.FaultyObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessChainTest {
    private static final Instant SINCE = Instant.parse("2026-11-21T22:00:00Z");

    private final ObjectStore store = ObjectStores.memory();
    private final AccessChain chain = new AccessChain(store);
    private final AccessEditor editor = editor(chain);

    @Test
    void thereAreNoRulesAtFirst() throws Exception {
        assertThat(chain.newest()).isEmpty();
        assertThat(chain.read(1)).isEmpty();
    }

    @Test
    void rulesComeBackAsTheyWereMade() throws Exception {
        ApiKey key = ApiKey.make(new SecureRandom());
        make(new AccessChange.AddPrincipal("lab", true, SINCE));
        make(new AccessChange.AddKey("lab", HashedKey.of(key, SINCE)));
        make(new AccessChange.Restrict("c4", List.of("lab")));
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        AccessRules last =
                make(new AccessChange.TakeDown(List.of(takedown(Scope.HOST, "a.example:80"))));
        assertThat(chain.newest()).contains(last);
        assertThat(last.number()).isEqualTo(5);
        assertThat(new KeyRing(last.state()).holder(key).map(Principal::name)).contains("lab");
        assertThat(chain.read(1).orElseThrow().cursorSecret()).isEqualTo(last.cursorSecret());
    }

    @Test
    void theNewestIsFoundFromAnyNumberWithFewReads() throws Exception {
        for (int number = 1; number <= 70; number++) {
            make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
            assertThat(chain.newest().orElseThrow().number()).isEqualTo(number);
        }
        for (long known = 0; known < 70; known++) {
            assertThat(chain.newerThan(known).orElseThrow().number()).isEqualTo(70);
        }
        assertThat(chain.newerThan(70)).isEmpty();
        var counting = new CountingObjectStore(store);
        new AccessChain(counting).newest();
        assertThat(counting.counts().gets()).isEqualTo(1);
    }

    @Test
    void aLostRaceIsToldAndTheChangeMadeToTheWinners() throws Exception {
        var lost = new ConcurrentLinkedQueue<Long>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            var changes = new ArrayList<Callable<AccessRules>>();
            for (int i = 0; i < 40; i++) {
                var change = new AccessChange.AddPrincipal("p" + i, false, SINCE);
                changes.add(() ->
                        editor(new AccessChain(store))
                                .make(change, "me", "", first -> lost.add(first.number())));
            }
            for (var each : threads.invokeAll(changes)) {
                each.get();
            }
            AccessRules newest = chain.newest().orElseThrow();
            assertThat(newest.number()).isEqualTo(40);
            assertThat(newest.state().principals()).hasSize(40);
            assertThat(lost).allMatch(number -> number >= 1 && number < 40);
        }
    }

    @Test
    void aChangeThatDoesNotFitIsRefusedAndChangesNothing() throws Exception {
        make(new AccessChange.AddPrincipal("lab", false, SINCE));
        refused(new AccessChange.AddPrincipal("lab", false, SINCE), "already");
        refused(new AccessChange.AddPrincipal("Lab one", false, SINCE), "1 to 63 letters");
        refused(new AccessChange.RemovePrincipal("press"), "no principal 'press'");
        refused(new AccessChange.Restrict("c4", List.of("press")), "whom there is not");
        refused(new AccessChange.Release("c4"), "not restricted");
        refused(new AccessChange.RevokeKey("0123456789"), "no key");
        refused(new AccessChange.Lift(List.of("x")), "no takedown");
        var takedown = takedown(Scope.DOMAIN, "a.example");
        make(new AccessChange.TakeDown(List.of(takedown)));
        refused(
                new AccessChange.TakeDown(List.of(takedown(Scope.DOMAIN, "a.example"))),
                "taken down already");
        assertThat(chain.newest().orElseThrow().number()).isEqualTo(2);
    }

    @Test
    void moreThanTheBoundsIsRefused() throws Exception {
        make(new AccessChange.AddPrincipal("lab", false, SINCE));
        var random = new SecureRandom();
        for (int i = 0; i < Principal.MAX_KEYS; i++) {
            make(new AccessChange.AddKey("lab", HashedKey.of(ApiKey.make(random), SINCE)));
        }
        refused(
                new AccessChange.AddKey("lab", HashedKey.of(ApiKey.make(random), SINCE)),
                "16 are the most");
        List<Takedown> many = new ArrayList<>();
        for (int i = 0; i <= AccessState.MAX_TAKEDOWNS; i++) {
            many.add(takedown(Scope.DOMAIN, "d" + i + ".example"));
        }
        refused(new AccessChange.TakeDown(many), "100,000 are the most");
        List<Takedown> large = new ArrayList<>();
        String path = "/" + "a".repeat(16_000);
        for (int i = 0; i < 4_300; i++) {
            large.add(takedown(Scope.URL_PREFIX, "d" + i + ".example" + path));
        }
        refused(new AccessChange.TakeDown(large), "are the most");
    }

    @Test
    void whoIsRemovedIsGoneEverywhere() throws Exception {
        make(new AccessChange.AddPrincipal("lab", false, SINCE));
        make(new AccessChange.Restrict("c4", List.of("lab")));
        AccessState left = make(new AccessChange.RemovePrincipal("lab")).state();
        assertThat(left.principals()).isEmpty();
        assertThat(left.restricted()).containsExactly(new RestrictedDataset("c4", List.of()));
    }

    @Test
    void whatIsBrokenIsRefused() throws Exception {
        make(new AccessChange.AddPrincipal("lab", false, SINCE));
        String whole = text(1);
        for (int length = 0; length < whole.length(); length++) {
            assertCorrupt(whole.substring(0, length));
        }
        assertCorrupt(whole.replace("\"number\":1", "\"number\":2"));
        assertCorrupt(whole.replace("\"nameless\":\"unsaid\"", "\"nameless\":\"all\""));
        assertCorrupt(whole.replace("\"nameless\":\"unsaid\"", "\"nameless\":null"));
        assertCorrupt(whole.replace("\"takedowns\":[]", "\"takedowns\":[null]"));
        assertCorrupt(whole.replace("\"name\":\"lab\"", "\"name\":\"\""));
        assertThatThrownBy(() -> readBack(whole.replace("\"format\":1", "\"format\":2")))
                .isInstanceOf(CorruptCatalogException.class)
                .hasMessageContaining("newer Whence");
    }

    @ParameterizedTest
    @EnumSource(names = {"DONE_BUT_UNKNOWN", "NOT_DONE_AND_UNKNOWN"})
    void aPutOfUnknownOutcomeIsReadBack(Fault fault) throws Exception {
        ObjectStore faulty = FaultyObjectStore.at(1, fault, store);
        var change = new AccessChange.AddPrincipal("lab", false, SINCE);
        AccessRules made = editor(new AccessChain(faulty)).make(change, "me", "", _ -> {});
        assertThat(chain.newest()).contains(made);
        assertThat(made.number()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "DIES_BEFORE"})
    void aPutThatWasNotDoneChangesNothing(Fault fault) throws Exception {
        ObjectStore faulty = FaultyObjectStore.at(1, fault, store);
        var change = new AccessChange.AddPrincipal("lab", false, SINCE);
        assertThatThrownBy(() -> editor(new AccessChain(faulty)).make(change, "me", "", _ -> {}))
                .isInstanceOf(ObjectStoreException.class);
        assertThat(chain.newest()).isEmpty();
    }

    @Test
    void nothingThatIsPrintedTellsASecret() throws Exception {
        ApiKey key = ApiKey.make(new SecureRandom());
        make(new AccessChange.AddPrincipal("lab", false, SINCE));
        AccessRules rules = make(new AccessChange.AddKey("lab", HashedKey.of(key, SINCE)));
        String hash = rules.state().principals().getFirst().keys().getFirst().sha256();
        assertThat(rules + " " + rules.state() + " " + key + " " + text(2))
                .doesNotContain(key.secretText());
        assertThat(rules + " " + rules.state() + " " + key)
                .doesNotContain(hash)
                .doesNotContain(rules.cursorSecret());
        assertThat(rules.change()).contains(key.id());
    }

    private AccessRules make(AccessChange change) throws Exception {
        return editor.make(change, "me", "", _ -> {});
    }

    private void refused(AccessChange change, String why) {
        assertThatThrownBy(() -> make(change))
                .isInstanceOf(RefusedChangeException.class)
                .hasMessageContaining(why);
    }

    private String text(long number) throws IOException {
        return new String(store.get("access/%020d.json".formatted(number)), StandardCharsets.UTF_8);
    }

    private void assertCorrupt(String text) {
        assertThatThrownBy(() -> readBack(text))
                .as(text)
                .isInstanceOf(CorruptCatalogException.class);
    }

    private static void readBack(String text) throws IOException {
        ObjectStore broken = ObjectStores.memory();
        broken.put(
                "access/%020d.json".formatted(1),
                ObjectBody.of(text.getBytes(StandardCharsets.UTF_8)));
        new AccessChain(broken).newest();
    }

    private static AccessEditor editor(AccessChain chain) {
        return new AccessEditor(chain, Clock.systemUTC(), new SecureRandom());
    }

    private static Takedown takedown(Scope scope, String value) {
        return new Takedown(
                Long.toString(System.nanoTime()) + value, scope, value, "asked", "me", SINCE);
    }
}
