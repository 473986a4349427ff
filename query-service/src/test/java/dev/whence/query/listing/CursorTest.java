package dev.whence.query.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.lake.UrlRange;
import dev.whence.query.CursorSeal;
import dev.whence.query.QueryException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final byte[] SECRET = "a secret".getBytes(StandardCharsets.UTF_8);
    private static final CursorSeal SEAL = new CursorSeal(SECRET, "lab");
    private static final UrlList LIST = new UrlList("a.example", 7, UrlFilter.NONE);
    private static final UrlCursor CURSOR = new UrlCursor(264, new RowPlace(41, 2, 1_000), 3_000);

    @Test
    void comesBackAsItWas() throws Exception {
        String text = CURSOR.encode(SEAL, LIST);
        assertThat(UrlCursor.decode(text, SEAL, LIST)).isEqualTo(CURSOR);
        assertThat(text).matches("A[A-Za-z0-9_-]+");
        var name = new NameCursor(264, "www.a.example:8080");
        assertThat(NameCursor.decode(name.encode(SEAL, "hosts"), SEAL, "hosts")).isEqualTo(name);
    }

    @Test
    void isRefusedForAnotherList() {
        String text = CURSOR.encode(SEAL, LIST);
        assertRefused(text, new UrlList("b.example", 7, UrlFilter.NONE));
        assertRefused(text, new UrlList("a.example", 8, UrlFilter.NONE));
        assertRefused(
                text, new UrlList("a.example", 7, UrlFilter.of(UrlRange.ofHost("www.a.example"))));
        assertThatThrownBy(() -> NameCursor.decode(text, SEAL, LIST.toString()))
                .isInstanceOf(QueryException.InvalidCursor.class);
    }

    @Test
    void isRefusedWithAnyOtherCharacterAnywhere() {
        String text = CURSOR.encode(SEAL, LIST);
        for (int at = 0; at < text.length(); at++) {
            for (char other : new char[] {'A', 'z', '0', '_', '+', '=', ' ', 'é'}) {
                if (text.charAt(at) != other) {
                    var changed = new StringBuilder(text);
                    changed.setCharAt(at, other);
                    assertRefused(changed.toString(), LIST);
                }
            }
        }
        assertRefused(text.substring(1), LIST);
        assertRefused(text + "A", LIST);
        assertRefused(text + "=", LIST);
        assertRefused("", LIST);
        assertRefused("A".repeat(100_000), LIST);
    }

    @Test
    void isRefusedForAnybodyElse() {
        String text = CURSOR.encode(SEAL, LIST);
        byte[] otherSecret = "another secret".getBytes(StandardCharsets.UTF_8);
        for (CursorSeal other :
                List.of(SEAL.of(""), SEAL.of("press"), new CursorSeal(otherSecret, "lab"))) {
            assertThatThrownBy(() -> UrlCursor.decode(text, other, LIST))
                    .isInstanceOf(QueryException.InvalidCursor.class);
        }
    }

    @Test
    void opensAnywhereThatHasTheSecret() throws Exception {
        CursorSeal replica = new CursorSeal(SECRET, "").of("lab");
        assertThat(UrlCursor.decode(CURSOR.encode(SEAL, LIST), replica, LIST)).isEqualTo(CURSOR);
        assertThat(CURSOR.encode(replica, LIST)).isEqualTo(CURSOR.encode(SEAL, LIST));
    }

    @Test
    void tellsNothingOfTheNameThatItHolds() {
        for (String name : List.of("a", "hidden.example", "hidden2.example")) {
            String text = new NameCursor(7, name).encode(SEAL, "list");
            var bytes =
                    new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1);
            assertThat(bytes).doesNotContain(name.length() > 1 ? name : "\u0007a");
            assertThat(text).hasSameSizeAs(new NameCursor(8, "x.example").encode(SEAL, "list"));
        }
        assertThat(new NameCursor(7, "a.example").encode(SEAL, "list").substring(0, 16))
                .isNotEqualTo(new NameCursor(7, "b.example").encode(SEAL, "list").substring(0, 16));
    }

    private static void assertRefused(String text, UrlList list) {
        assertThatThrownBy(() -> UrlCursor.decode(text, SEAL, list))
                .as(text)
                .isInstanceOf(QueryException.InvalidCursor.class);
    }
}
