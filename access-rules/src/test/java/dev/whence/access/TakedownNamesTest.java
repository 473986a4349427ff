package dev.whence.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.access.Takedown.Scope;
import org.junit.jupiter.api.Test;

class TakedownNamesTest {
    private final TakedownNames names = new TakedownNames();

    @Test
    void whatIsTypedBecomesWhatTheLakeHas() throws Exception {
        assertThat(names.canonical(Scope.DOMAIN, "Example.COM.")).isEqualTo("example.com");
        assertThat(names.canonical(Scope.DOMAIN, "bücher.example"))
                .isEqualTo("xn--bcher-kva.example");
        assertThat(names.canonical(Scope.DOMAIN, "::1")).isEqualTo("[::1]");
        assertThat(names.canonical(Scope.HOST, "WWW.Example.com:0443"))
                .isEqualTo("www.example.com:443");
        assertThat(names.canonical(Scope.HOST, "www.example.com")).isEqualTo("www.example.com");
        assertThat(names.canonical(Scope.URL_PREFIX, "HTTPS://Example.com:443/a/../%7Eb"))
                .isEqualTo("example.com/~b");
        assertThat(names.canonical(Scope.URL_PREFIX, "example.com")).isEqualTo("example.com/");
    }

    @Test
    void nothingWiderThanWhatWasTypedIsTakenDown() {
        assertRefused(Scope.DOMAIN, "www.example.com", "is a host of example.com");
        assertRefused(Scope.URL_PREFIX, "https://example.com/#/user/42", "has a fragment");
        assertRefused(Scope.URL_PREFIX, "https://example.com/a?", "an empty query");
    }

    @Test
    void whatIsNoNameIsRefused() {
        assertRefused(Scope.DOMAIN, "", "not a host");
        assertRefused(Scope.DOMAIN, "https://example.com/", "not a host");
        assertRefused(Scope.HOST, "example.com/path", "not a host");
        assertRefused(Scope.HOST, "example.com:99999", "not a host");
        assertRefused(Scope.URL_PREFIX, "mailto:me@example.com", "");
    }

    private void assertRefused(Scope scope, String typed, String why) {
        assertThatThrownBy(() -> names.canonical(scope, typed))
                .as(typed)
                .isInstanceOf(RefusedChangeException.class)
                .hasMessageContaining(why);
    }
}
