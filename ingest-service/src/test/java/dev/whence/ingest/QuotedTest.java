package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuotedTest {

    @Test
    void showsNamesAndNothingThatMayBeAUrlOrASecret() {
        assertThat(Quoted.name("c4-2024_06.b ü")).isEqualTo("'c4-2024_06.b ü'");
        assertThat(Quoted.name("")).isEqualTo("''");
        assertThat(Quoted.name("https://user:secret@h.example/"))
                .isEqualTo("(30 characters, not shown)");
        assertThat(Quoted.name("h.example/path")).isEqualTo("(14 characters, not shown)");
        assertThat(Quoted.name("a\nb")).isEqualTo("(3 characters, not shown)");
        assertThat(Quoted.name("x".repeat(81))).isEqualTo("(81 characters, not shown)");
    }

    @Test
    void aLineIsOneLineOfPrintableAsciiAndNotLong() {
        assertThat(Quoted.line("a\r\nb\u0000é\ud800"))
                .isEqualTo("a\\u000d\\u000ab\\u0000\\u00e9\\ud800");
        assertThat(Quoted.line("x".repeat(5_000))).hasSize(1_003).endsWith("x...");
    }
}
