package dev.whence.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextsTest {
    @Test
    void whatIsNotSeenStandsThereByItsNumber() {
        assertThat(Texts.shown("a\u202Eb\u0000\n\u200B\uD800é😀"))
                .isEqualTo("a⟨U+202E⟩b⟨U+0000⟩⟨U+000A⟩⟨U+200B⟩⟨U+D800⟩é😀");
    }

    @Test
    void sizesAndPartsAreRoundedAndNeverToNothing() {
        assertThat(Texts.asBytes(999)).isEqualTo("999 B");
        assertThat(Texts.asBytes(1_234)).isEqualTo("1.2 KB");
        assertThat(Texts.asBytes(999_999)).isEqualTo("1.0 MB");
        assertThat(Texts.asBytes(128_000_000)).isEqualTo("128 MB");
        assertThat(Texts.asPercent(0)).isEqualTo("0 %");
        assertThat(Texts.asPercent(0.000_01)).isEqualTo("< 0.1 %");
        assertThat(Texts.asPercent(0.123)).isEqualTo("12.3 %");
        assertThat(Texts.asPercent(0.999_99)).isEqualTo("> 99.9 %");
        assertThat(Texts.asPercent(1)).isEqualTo("100 %");
        assertThat(Bar.width(1, 1_000_000)).isEqualTo("0.40%");
        assertThat(Bar.width(0, 0)).isEqualTo("0.00%");
    }

    @Test
    void nounsAgree() {
        assertThat(Texts.of(1, "URL")).isEqualTo("1 URL");
        assertThat(Texts.of(1_234, "URL")).isEqualTo("1,234 URLs");
    }

    @Test
    void anAddressKeepsWhatIsPutIntoIt() {
        assertThat(
                        Address.of("/urls")
                                .with("domain", "a&b=\"c #")
                                .with("host", "")
                                .with("path", null)
                                .withDataset("dataset", -1))
                .hasToString("/urls?domain=a%26b%3D%22c+%23&dataset=4294967295");
    }
}
