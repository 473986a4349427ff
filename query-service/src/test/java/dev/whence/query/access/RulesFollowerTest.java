package dev.whence.query.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.AccessChain;
import dev.whence.access.AccessChange;
import dev.whence.access.AccessEditor;
import dev.whence.access.ApiKey;
import dev.whence.access.HashedKey;
import dev.whence.access.Nameless;
import dev.whence.query.QueryException;
import dev.whence.query.access.RulesFollower.Step;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class RulesFollowerTest {
    private static final Duration MAX_AGE = Duration.ofMinutes(15);

    private final ObjectStore store = ObjectStores.memory();
    private final AccessEditor editor =
            new AccessEditor(new AccessChain(store), Clock.systemUTC(), new SecureRandom());
    private Instant now = Instant.parse("2026-11-21T22:00:00Z");
    private final RulesFollower follower = follower(true);

    @Test
    void nothingIsToldBeforeTheFirstLook() throws Exception {
        assertUnknown(follower);
        assertThat(follower.poll()).isEqualTo(new Step.Changed(0));
        assertThat(follower.current().number()).isZero();
        assertThat(follower.poll()).isEqualTo(new Step.Unchanged());
    }

    @Test
    void newRulesAreFollowed() throws Exception {
        follower.poll();
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
        assertThat(follower.poll()).isEqualTo(new Step.Changed(2));
        assertThat(follower.current().number()).isEqualTo(2);
    }

    @Test
    void rulesThatCannotBeReadLeaveTheOnesBeforeUntilTheyAreTooOld() throws Exception {
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        follower.poll();
        store.put(key(2), ObjectBody.of("{\"format\": 1".getBytes(StandardCharsets.UTF_8)));
        assertThat(follower.poll()).isInstanceOf(Step.Failed.class);
        assertThat(follower.state().problem()).contains(key(2));
        assertThat(follower.current().number()).isEqualTo(1);
        now = now.plus(MAX_AGE).minusSeconds(1);
        assertThat(follower.current().number()).isEqualTo(1);
        now = now.plusSeconds(1);
        assertUnknown(follower);
        assertThat(follower.areKnown()).isFalse();
        store.delete(key(2));
        follower.poll();
        assertThat(follower.current().number()).isEqualTo(1);
        assertThat(follower.state().problem()).isNull();
    }

    @Test
    void rulesOfANewerWhenceAreNotGuessedAt() throws Exception {
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        String text = new String(store.get(key(1)), StandardCharsets.UTF_8);
        store.put(
                key(1),
                ObjectBody.of(
                        text.replace("\"format\":1", "\"format\":2")
                                .getBytes(StandardCharsets.UTF_8)));
        assertThat(follower.poll()).isInstanceOf(Step.Failed.class);
        assertThat(follower.state().problem()).contains("newer Whence");
        assertUnknown(follower);
    }

    @Test
    void aClockThatIsSetBackDoesNotKeepOldRules() throws Exception {
        follower.poll();
        now = now.minus(MAX_AGE);
        assertUnknown(follower);
        follower.poll();
        assertThat(follower.current().number()).isZero();
    }

    @Test
    void withoutRulesOnlyAServiceThatIsMeantToBeOpenIs() throws Exception {
        RulesFollower closed = follower(false);
        closed.poll();
        assertThat(closed.isOpenByMistake()).isTrue();
        assertUnknown(closed);
        make(new AccessChange.Restrict("c4", List.of()));
        closed.poll();
        assertThat(closed.isOpenByMistake()).as("nothing is said of strangers").isTrue();
        assertUnknown(closed);
        make(new AccessChange.SetNameless(Nameless.UNRESTRICTED));
        closed.poll();
        assertThat(closed.isOpenByMistake()).isFalse();
        assertThat(closed.current().number()).isEqualTo(2);
    }

    @Test
    void aCallerOfAMomentAgoIsToldNoMoreThanHeMayBe() throws Exception {
        make(new AccessChange.AddPrincipal("lab", false, now));
        ApiKey key = ApiKey.make(new SecureRandom());
        make(new AccessChange.AddKey("lab", HashedKey.of(key, now)));
        follower.poll();
        Caller lab = follower.current().caller(key.secretText());
        Caller nobody = follower.current().caller(null);
        make(new AccessChange.AddPrincipal("press", false, now));
        assertStill(lab, true);
        make(new AccessChange.Restrict("c4", List.of("lab")));
        assertStill(lab, true);
        assertStill(nobody, false);
        Caller later = follower.current().caller(null);
        make(new AccessChange.Restrict("c4", List.of()));
        assertStill(lab, false);
        assertStill(later, true);
        make(new AccessChange.Release("c4"));
        assertStill(nobody, true);
        make(new AccessChange.SetNameless(Nameless.NOTHING));
        assertStill(nobody, false);
        assertStill(lab, true);
        make(new AccessChange.RevokeKey(key.id()));
        assertStill(lab, false);
    }

    @Test
    void aKeyIsKnownByWhoeverHoldsItAndByNobodyElse() throws Exception {
        follower.poll();
        assertThat(follower.current().caller("whence_unknown").principal()).isEmpty();
        make(new AccessChange.AddPrincipal("lab", true, now));
        ApiKey key = ApiKey.make(new SecureRandom());
        make(new AccessChange.AddKey("lab", HashedKey.of(key, now)));
        follower.poll();
        RuleBook rules = follower.current();
        assertThat(rules.caller(key.secretText()).principal()).isEqualTo("lab");
        rules.caller(key.secretText()).requireOperator();
        for (String wrong : List.of("", "whence_", ApiKey.make(new SecureRandom()).secretText())) {
            assertThatThrownBy(() -> rules.caller(wrong))
                    .isInstanceOf(QueryException.Unauthenticated.class);
        }
        assertThatThrownBy(() -> rules.caller(null).requireOperator())
                .isInstanceOf(QueryException.Unauthenticated.class);
    }

    private void assertStill(Caller caller, boolean allowed) {
        follower.poll();
        assertThat(follower.stillAllows(caller)).isEqualTo(allowed);
    }

    private static void assertUnknown(RulesFollower follower) {
        assertThatThrownBy(follower::current).isInstanceOf(QueryException.RulesUnknown.class);
    }

    private void make(AccessChange change) throws Exception {
        editor.make(change, "test", "", _ -> {});
    }

    private RulesFollower follower(boolean openToAll) {
        return new RulesFollower(new AccessChain(store), MAX_AGE, openToAll, new Watch());
    }

    private static String key(long number) {
        return "access/%020d.json".formatted(number);
    }

    /** Stands at {@link #now}. */
    private final class Watch extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
