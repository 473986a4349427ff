package dev.whence.query.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.lake.UrlRange;
import dev.whence.query.QueryException;
import org.junit.jupiter.api.Test;

class CursorTest {
    private static final UrlList LIST = new UrlList("a.example", 7, UrlFilter.NONE);
    private static final UrlCursor CURSOR = new UrlCursor(264, new RowPlace(41, 2, 1_000), 3_000);

    @Test
    void comesBackAsItWas() throws Exception {
        String text = CURSOR.encode(LIST);
        assertThat(UrlCursor.decode(text, LIST)).isEqualTo(CURSOR);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        var name = new NameCursor(264, "www.a.example:8080");
        assertThat(NameCursor.decode(name.encode("hosts"), "hosts")).isEqualTo(name);
    }

    @Test
    void isRefusedForAnotherList() {
        String text = CURSOR.encode(LIST);
        assertRefused(text, new UrlList("b.example", 7, UrlFilter.NONE));
        assertRefused(text, new UrlList("a.example", 8, UrlFilter.NONE));
        assertRefused(
                text, new UrlList("a.example", 7, UrlFilter.of(UrlRange.ofHost("www.a.example"))));
        assertThatThrownBy(() -> NameCursor.decode(text, LIST.toString()))
                .isInstanceOf(QueryException.InvalidCursor.class);
    }

    @Test
    void isRefusedWithAnyOtherCharacterAnywhere() {
        String text = CURSOR.encode(LIST);
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

    private static void assertRefused(String text, UrlList list) {
        assertThatThrownBy(() -> UrlCursor.decode(text, list))
                .as(text)
                .isInstanceOf(QueryException.InvalidCursor.class);
    }
}
