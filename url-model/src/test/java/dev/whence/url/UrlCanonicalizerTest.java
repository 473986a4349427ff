package dev.whence.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of docs/canonical-urls.md, one by one. */
class UrlCanonicalizerTest {
    private final UrlCanonicalizer canonicalizer = new UrlCanonicalizer(PublicSuffixes.bundled());

    @ParameterizedTest
    @CsvSource({
        "HTTP://Example.COM/A, http://example.com/A",
        "https:example.com/a, https://example.com/a",
        "https:/example.com/a, https://example.com/a",
        "https:////example.com/a, https://example.com/a",
        "http:\\\\example.com\\a\\b, http://example.com/a/b",
        "ftp://example.com/a, ftp://example.com/a",
    })
    void readsTheSchemeAndItsSlashes(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "example.com/a, http://example.com/a",
        "//example.com/a, http://example.com/a",
        "example.com:8080/a, http://example.com:8080/a",
        "example.com:80, http://example.com/",
        "localhost:3000, http://localhost:3000/",
        "localhost/a, http://localhost/a",
        "bücher.example/a:b, http://xn--bcher-kva.example/a:b",
        "192.0.2.1:81/a, http://192.0.2.1:81/a",
        "[2001:DB8::1]:81/a, http://[2001:db8::1]:81/a",
        "example.com?b&a, http://example.com/?a&b",
    })
    void understandsAMissingSchemeAsHttp(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "mailto:x@example.com, UNSUPPORTED_SCHEME",
        "javascript:void(0), UNSUPPORTED_SCHEME",
        "tel:911, UNSUPPORTED_SCHEME",
        "file:///etc/hosts, UNSUPPORTED_SCHEME",
        "example.com:8080a, UNSUPPORTED_SCHEME",
        "example.com:80@example.org/, UNSUPPORTED_SCHEME",
        "x@example.com, INVALID_HOST",
        "n/a, MISSING_HOST",
        "null, MISSING_HOST",
        "3.14, MISSING_HOST",
        "12345, MISSING_HOST",
        "see(page).html, MISSING_HOST",
        "/a/b, MISSING_HOST",
        "../a, INVALID_HOST",
        "?a, MISSING_HOST",
        "#a, MISSING_HOST",
        "://example.com/, MISSING_HOST",
    })
    void rejectsWhatIsNotPlainlyAHostWithoutAScheme(String input, Rejection rejection) {
        assertRejected(input, rejection);
    }

    @ParameterizedTest
    @CsvSource({
        "http://user:secret@example.com/, http://example.com/",
        "http://a@b@example.com/, http://example.com/",
        "http://example.com:80/, http://example.com/",
        "https://example.com:443/, https://example.com/",
        "ftp://example.com:21/, ftp://example.com/",
        "https://example.com:80/, https://example.com:80/",
        "http://example.com:/, http://example.com/",
        "http://example.com:0080/, http://example.com/",
        "http://example.com:0/, http://example.com:0/",
    })
    void dropsTheUserAndTheDefaultPort(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://WWW.Bücher.Example/, http://www.xn--bcher-kva.example/",
        "http://faß.de/, http://xn--fa-hia.de/",
        "http://ex%61mple.com/, http://example.com/",
        "http://b%C3%BCcher.example/, http://xn--bcher-kva.example/",
        "http://example.com./, http://example.com/",
        "http://example.com..:81/, http://example.com:81/",
        "http://例え。テスト。/, http://xn--r8jz45g.xn--zckzah/",
        "http://XN--a.example/, http://xn--a.example/",
        "http://0x7F.1/, http://127.0.0.1/",
        "http://0x7f.1../, http://127.0.0.1/",
        "http://017700000001/, http://127.0.0.1/",
        "http://[2001:DB8:0:0:1:0:0:1]/, http://[2001:db8::1:0:0:1]/",
        "http://[::FFFF:192.0.2.1]:81/, http://[::ffff:c000:201]:81/",
        "http://[::]/, http://[::]/",
        "http://my_host.example/, http://my_host.example/",
    })
    void bringsTheHostToAscii(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://, MISSING_HOST",
        "http:///, MISSING_HOST",
        "http://user@/, MISSING_HOST",
        "http://:80/, MISSING_HOST",
        "http://./, INVALID_HOST",
        "http://a b/, INVALID_HOST",
        "http://a%/, INVALID_HOST",
        "http://a%80/, INVALID_HOST",
        "http://a<b/, INVALID_HOST",
        "http://256.1.1.1/, INVALID_HOST",
        "http://1.2.3.4.5/, INVALID_HOST",
        "http://a.0x/, INVALID_HOST",
        "http://[::1/, INVALID_HOST",
        "http://[::1%25eth0]/, INVALID_HOST",
        "http://[1:2:3:4:5:6:7]/, INVALID_HOST",
        "http://[::1.2.3.256]/, INVALID_HOST",
        "http://example.com:65536/, INVALID_PORT",
        "http://example.com:8o/, INVALID_PORT",
        "http://example.com:-1/, INVALID_PORT",
        "http://example.com:99999999999999999999/, INVALID_PORT",
    })
    void rejectsHostsAndPortsThatAreNone(String input, Rejection rejection) {
        assertRejected(input, rejection);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example, http://h.example/",
        "http://h.example/a/, http://h.example/a/",
        "http://h.example/a/./b/../c, http://h.example/a/c",
        "http://h.example/a/.., http://h.example/",
        "http://h.example/a/b/.., http://h.example/a/",
        "http://h.example/a/., http://h.example/a/",
        "http://h.example/../../a, http://h.example/a",
        "http://h.example/a/%2e%2E/b, http://h.example/b",
        "http://h.example/a//../b, http://h.example/a/b",
        "http://h.example/.../..a, http://h.example/.../..a",
        "http://h.example/.well-known/a, http://h.example/.well-known/a",
    })
    void resolvesDotSegments(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example//a///b//, http://h.example/a/b/",
        "http://h.example/web/2014/http://x.example/y, http://h.example/web/2014/http://x.example/y",
        "http://h.example/web/http:////x//y, http://h.example/web/http://x/y",
        "http://h.example/web/http:/x, http://h.example/web/http:/x",
        "http://h.example/u=https://x, http://h.example/u=https://x",
        "http://h.example/http:/.//x, http://h.example/http://x",
        "http://h.example/10://x, http://h.example/10:/x",
        "http://h.example/://x, http://h.example/:/x",
        "http://h.example/http://, http://h.example/http://",
    })
    void collapsesSlashesButNotThoseOfAUrlInThePath(String input, String canonical)
            throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example/%7euser/%c3%a9, http://h.example/~user/%C3%A9",
        "http://h.example/%41%2D%5f%2e%3A, http://h.example/A-_.%3A",
        "http://h.example/%2fa%5C, http://h.example/%2Fa%5C",
        "http://h.example/é€😀, http://h.example/%C3%A9%E2%82%AC%F0%9F%98%80",
        "'http://h.example/ a\"<>^`{|}', http://h.example/%20a%22%3C%3E%5E%60%7B|%7D",
        "http://h.example/%zz%4%, http://h.example/%zz%4%",
        "http://h.example/%2541, http://h.example/%2541",
        "http://h.example/%4%31, http://h.example/%4%31",
        "http://h.example/%%341, http://h.example/%%341",
        "http://h.example/%%7a, http://h.example/%z",
        "http://h.example/?%4%31&%7e%c3, http://h.example/?%4%31&~%C3",
    })
    void normalizesEscapesInOnePass(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h.example/?b=2&a=1, http://h.example/?a=1&b=2",
        "http://h.example/?b=2&a=2&b=1&a=1, http://h.example/?a=2&a=1&b=2&b=1",
        "http://h.example/?a&a=&a=1, http://h.example/?a&a=&a=1",
        "http://h.example/?ab=1&a=2&a-b=3, http://h.example/?a=2&a-b=3&ab=1",
        "http://h.example/?b&%61, http://h.example/?a&b",
        "http://h.example/?b=a=c&a=x?/../y//z, http://h.example/?a=x?/../y//z&b=a=c",
        "http://h.example/?q=a+b%20c d'é, http://h.example/?q=a+b%20c%20d%27%C3%A9",
        "http://h.example/?, http://h.example/",
        "http://h.example/?&&, http://h.example/",
        "http://h.example/?&b&&a&, http://h.example/?a&b",
        "http://h.example?a#b, http://h.example/?a",
        "http://h.example/a#b?c, http://h.example/a",
    })
    void sortsTheQueryAndDropsTheFragment(String input, String canonical) throws Exception {
        assertCanonical(input, canonical);
    }

    @Test
    void stripsWhiteSpaceAsTheUrlStandardDoes() throws Exception {
        assertCanonical(" \u0000\thttp://h.ex\nam\rple/a\tb c \u001f", "http://h.example/ab%20c");
        assertCanonical("h\nttp://h.example/%4\n1", "http://h.example/A");
        assertRejected(" \t\r\n ", Rejection.EMPTY);
        assertRejected("", Rejection.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.b.example.co.uk:81/, example.co.uk",
        "http://user.github.io/, user.github.io",
        "http://github.io/, github.io",
        "http://a.b.unknowntld/, b.unknowntld",
        "http://localhost:80/, localhost",
        "http://a.b.c.kawasaki.jp/, b.c.kawasaki.jp",
        "http://a.city.kawasaki.jp/, city.kawasaki.jp",
        "http://192.0.2.1:81/, 192.0.2.1",
        "http://[2001:db8::1]:81/, [2001:db8::1]",
        "http://食狮.公司.cn/, xn--85x722f.xn--55qx5d.cn",
    })
    void cutsTheRegistrableDomain(String input, String domain) throws Exception {
        CanonicalUrl url = canonicalizer.canonicalize(input);
        assertThat(url.domain()).isEqualTo(domain);
        assertThat(url.domainId()).isEqualTo(Fingerprint.of(domain));
        assertThat(canonicalizer.parsed().domainId()).isEqualTo(url.domainId());
        assertThat(canonicalizer.parsed().urlId()).isEqualTo(url.urlId());
    }

    @ParameterizedTest
    @CsvSource({
        "WWW.Bücher.example, xn--bcher-kva.example",
        "example.com., example.com",
        "' A.Example.CO.UK ', example.co.uk",
        "127.1, 127.0.0.1",
        "2001:DB8::1, [2001:db8::1]",
        "[::1], [::1]",
        "localhost, localhost",
    })
    void findsTheDomainOfWhatAPersonTyped(String typed, String domain) throws Exception {
        assertThat(canonicalizer.domainOf(typed)).isEqualTo(domain);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ".", "a b", "example.com:80", "http://example.com/", "[::1"})
    void rejectsTypedTextThatIsNoHostWithoutRepeatingIt(String typed) {
        assertThatThrownBy(() -> canonicalizer.domainOf(typed))
                .isInstanceOf(InvalidUrlException.class)
                .hasMessageMatching("not a host that Whence takes \\([a-z0-9-]+\\): [^/.]+");
    }

    @Test
    void rejectsTextThatIsNotUtf8() throws Exception {
        byte[] latin1 = "http://h.example/caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(canonicalizer.canonicalize(latin1, 0, latin1.length))
                .isEqualTo(Rejection.NOT_UTF8);
        byte[] inFragment = "http://h.example/#\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(canonicalizer.canonicalize(inFragment, 0, inFragment.length))
                .isEqualTo(Rejection.NOT_UTF8);
        assertRejected("http://h.example/\ud800", Rejection.NOT_UTF8);
        assertCanonical("http://h.example/\ufffd", "http://h.example/%EF%BF%BD");
    }

    @Test
    void takesSixteenKibibytesAndNoMore() throws Exception {
        String host = "http://h.example/";
        String longest = host + "a".repeat(UrlCanonicalizer.MAX_INPUT_BYTES - host.length());
        assertCanonical(longest, longest);
        assertRejected(longest + "a", Rejection.TOO_LONG);
        // Longer only once it is canonical: it could not be read again.
        assertRejected(longest.substring("http://".length()) + "a", Rejection.TOO_LONG);
        assertRejected(host + "\"".repeat(6000), Rejection.TOO_LONG);
        String tail = "a".repeat(UrlCanonicalizer.MAX_INPUT_BYTES - host.length());
        assertRejected("http://h.example?" + tail, Rejection.TOO_LONG);
        assertCanonical("http://h.example?" + tail.substring(1), host + "?" + tail.substring(1));
    }

    @Test
    void rejectsALabelTooLongForPunycodeButNoLongName() throws Exception {
        assertRejected("http://" + "é".repeat(1001) + ".example/", Rejection.INVALID_HOST);
        assertRejected("http://" + "ﷺ".repeat(100) + ".example/", Rejection.INVALID_HOST);
        assertRejected(
                "http://xn--" + "a".repeat(9000) + ".bücher.example/", Rejection.INVALID_HOST);
        assertCanonical(
                "http://" + "é.".repeat(30) + "example/",
                "http://" + "xn--9ca.".repeat(30) + "example/");
    }

    @Test
    void takesHostsUpToTheLimitOfTheDns() throws Exception {
        String longest = "a".repeat(UrlCanonicalizer.MAX_HOST_BYTES - ".example".length());
        assertCanonical(
                "http://" + longest + ".example.:81/", "http://" + longest + ".example:81/");
        assertRejected("http://a" + longest + ".example/", Rejection.INVALID_HOST);
        assertRejected("http://A" + longest + ".example", Rejection.INVALID_HOST);
        assertRejected("http://" + "é.".repeat(32) + "example/", Rejection.INVALID_HOST);
        assertRejected("http://" + "a".repeat(9000) + ".com/", Rejection.INVALID_HOST);
        assertThatThrownBy(() -> canonicalizer.domainOf("a" + longest + ".example"))
                .isInstanceOf(InvalidUrlException.class);
    }

    @Test
    void readsAPartOfAnArray() {
        byte[] line = "xx http://h.example/b http://h.example/c".getBytes(StandardCharsets.UTF_8);
        assertThat(canonicalizer.canonicalize(line, 3, 21)).isNull();
        assertThat(canonicalizer.parsed().toCanonicalUrl())
                .isEqualTo(new CanonicalUrl(Scheme.HTTP, "h.example", "/b", "h.example"));
    }

    private void assertCanonical(String input, String canonical) throws InvalidUrlException {
        assertThat(canonicalizer.canonicalize(input).url()).isEqualTo(canonical);
        assertThat(canonicalizer.canonicalize(canonical).url()).isEqualTo(canonical);
    }

    private void assertRejected(String input, Rejection rejection) {
        assertThatThrownBy(() -> canonicalizer.canonicalize(input))
                .isInstanceOfSatisfying(
                        InvalidUrlException.class,
                        e -> assertThat(e.rejection()).isEqualTo(rejection))
                .hasMessageContaining(rejection.code());
    }
}
