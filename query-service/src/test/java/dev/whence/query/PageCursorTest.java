package dev.whence.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PageCursorTest {
    private static final PageCursor CURSOR = new PageCursor(264, 3_000);

    @Test
    void comesBackAsItWas() throws Exception {
        String text = CURSOR.encode("a.example", 7);
        assertThat(PageCursor.decode(text, "a.example", 7)).isEqualTo(CURSOR);
        assertThat(text).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void isRefusedForAnotherDomainOrDataset() {
        String text = CURSOR.encode("a.example", 7);
        assertRefused(text, "b.example", 7);
        assertRefused(text, "a.example", 8);
    }

    @Test
    void isRefusedWithAnyOtherCharacterAnywhere() {
        String text = CURSOR.encode("a.example", 7);
        for (int at = 0; at < text.length(); at++) {
            for (char other : new char[] {'A', 'z', '0', '_', '+', '=', ' ', 'é'}) {
                if (text.charAt(at) != other) {
                    var changed = new StringBuilder(text);
                    changed.setCharAt(at, other);
                    assertRefused(changed.toString(), "a.example", 7);
                }
            }
        }
        assertRefused(text.substring(1), "a.example", 7);
        assertRefused(text + "A", "a.example", 7);
        assertRefused("", "a.example", 7);
    }

    private static void assertRefused(String text, String domain, int datasetId) {
        assertThatThrownBy(() -> PageCursor.decode(text, domain, datasetId))
                .as(text)
                .isInstanceOf(QueryException.InvalidCursor.class);
    }
}
