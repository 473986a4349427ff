package dev.whence.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApiKeyTest {
    private static final Instant SINCE = Instant.EPOCH;

    private final SecureRandom random = new SecureRandom();

    @Test
    void isRecognisedByItsTextAlone() {
        ApiKey made = ApiKey.make(random);
        assertThat(made.secretText()).matches("whence_[0-9a-z]{10}_[0-9a-f]{64}");
        ApiKey shown = ApiKey.parse(made.secretText()).orElseThrow();
        assertThat(shown.id()).isEqualTo(made.id());
        assertThat(HashedKey.of(made, SINCE).isOf(shown)).isTrue();
    }

    @Test
    void anyOtherCharacterMakesItAnother() {
        String text = ApiKey.make(random).secretText();
        HashedKey hashed = HashedKey.of(ApiKey.parse(text).orElseThrow(), SINCE);
        for (int at = 0; at < text.length(); at++) {
            for (char other : "0af_ \u00e9".toCharArray()) {
                if (text.charAt(at) != other) {
                    var changed = new StringBuilder(text);
                    changed.setCharAt(at, other);
                    assertThat(ApiKey.parse(changed.toString()).filter(hashed::isOf)).isEmpty();
                }
            }
        }
        for (String none : List.of("", "whence_", text + "0", text.substring(1), " " + text)) {
            assertThat(ApiKey.parse(none)).as(none).isEmpty();
        }
    }

    @Test
    void noTwoAreAlike() {
        Set<String> texts = new HashSet<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            ApiKey key = ApiKey.make(random);
            assertThat(texts.add(key.secretText().substring(18))).isTrue();
            assertThat(ids.add(key.id())).isTrue();
        }
    }

    @Test
    void aRingKnowsEachKeyOfEachHolderAndNoOther() {
        List<ApiKey> keys = new ArrayList<>();
        List<Principal> principals = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<ApiKey> own = List.of(ApiKey.make(random), ApiKey.make(random));
            keys.addAll(own);
            principals.add(
                    new Principal(
                            "p" + i,
                            false,
                            SINCE,
                            own.stream().map(key -> HashedKey.of(key, SINCE)).toList()));
        }
        var ring = new KeyRing(new AccessState(Nameless.NOTHING, principals, List.of(), List.of()));
        for (int i = 0; i < keys.size(); i++) {
            assertThat(ring.holder(keys.get(i))).contains(principals.get(i / 2));
        }
        assertThat(ring.holder(ApiKey.make(random))).isEmpty();
        String known = keys.getFirst().secretText();
        String wrong = known.substring(0, known.length() - 64) + "0".repeat(64);
        assertThat(ring.holder(ApiKey.parse(wrong).orElseThrow())).isEmpty();
    }
}
