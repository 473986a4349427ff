package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublicSuffixesTest {
    private static final String LIST =
            """
            // VERSION: 2024-02-29_01-02-03_UTC
            com
            co.com  // words behind a rule are none
            *.ck
            !www.ck
            *.deep.example
            公司.cn
            """;

    @ParameterizedTest
    @CsvSource({
        "com, com",
        "a.com, a.com",
        "b.a.com, a.com",
        "co.com, co.com",
        "b.a.co.com, a.co.com",
        "ck, ck",
        "a.ck, a.ck",
        "c.b.a.ck, b.a.ck",
        "www.ck, www.ck",
        "a.www.ck, www.ck",
        "deep.example, deep.example",
        "x.deep.example, x.deep.example",
        "y.x.deep.example, y.x.deep.example",
        "z.y.x.deep.example, y.x.deep.example",
        "other.example, other.example",
        "unknown, unknown",
        "a.b.unknown, b.unknown",
        "a.xn--55qx5d.cn, a.xn--55qx5d.cn",
        "b.a.xn--55qx5d.cn, a.xn--55qx5d.cn",
        "a..com, a..com",
        ".com, .com",
        ".a.com, a.com",
    })
    void findsWhereTheRegistrableDomainBegins(String host, String domain) throws IOException {
        PublicSuffixes suffixes = read(LIST);
        byte[] bytes = ("x." + host + ".com").getBytes(StandardCharsets.US_ASCII);
        int start = suffixes.registrableStart(bytes, 2, 2 + host.length());
        assertThat(host.substring(start - 2)).isEqualTo(domain);
    }

    @Test
    void knowsTheListsDate() throws IOException {
        assertThat(read(LIST).date()).isEqualTo("2024-02-29");
        assertThat(PublicSuffixes.bundled().date()).matches("20\\d\\d-\\d\\d-\\d\\d");
        assertThat(UrlProfile.current().suffixListDate())
                .isEqualTo(PublicSuffixes.bundled().date());
    }

    @Test
    void refusesAListItCannotDateOrRead() {
        assertThatThrownBy(() -> read("com\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("VERSION");
        assertThatThrownBy(() -> read(LIST + "a.*.b\n"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a.*.b");
    }

    private static PublicSuffixes read(String list) throws IOException {
        return SuffixListReader.read(new BufferedReader(new StringReader(list)), "of the test");
    }
}
