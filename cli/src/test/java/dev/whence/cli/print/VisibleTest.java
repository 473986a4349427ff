package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VisibleTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());

    @Test
    void leavesTextsForPeopleAlone() {
        String text = "bücher.example 例え 🎈 https://a.example/?b=c";
        assertThat(Visible.of(text)).isSameAs(text);
    }

    @Test
    void escapesWhatATerminalObeys() {
        assertThat(Visible.of("\u001b[2J\r\n\tx\u007f\u009b"))
                .isEqualTo("\\u001b[2J\\u000d\\u000a\\u0009x\\u007f\\u009b");
        assertThat(Visible.of("\u202etxt\u2066\u2028")).isEqualTo("\\u202etxt\\u2066\\u2028");
        assertThat(Visible.of("\ud83c")).isEqualTo("\\ud83c");
        assertThat(Visible.ofLines("a\n\tb\u001b")).isEqualTo("a\n\tb\\u001b");
        assertThat(Visible.ofLines("a\r\nb\rc\r")).isEqualTo("a\r\nb\\u000dc\\u000d");
    }

    @Test
    void keepsTheMeaningOfJson() throws Exception {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        var json = new JsonMapper();
        for (int round = 0; round < 500; round++) {
            var text = new StringBuilder();
            for (int at = random.nextInt(20); at >= 0; at--) {
                text.appendCodePoint(
                        random.nextBoolean() ? random.nextInt(0x100) : random.nextInt(0xd800));
            }
            String written = json.writeValueAsString(text.toString());
            assertThat(json.readValue(Visible.of(written), String.class))
                    .isEqualTo(text.toString());
        }
    }
}
