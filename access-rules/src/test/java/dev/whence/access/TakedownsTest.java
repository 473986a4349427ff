package dev.whence.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.access.Takedown.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TakedownsTest {
    private static final String[] DOMAINS = {"a.example", "b.example", "1.2.3.4", "[::1]"};
    private static final String[] PORTS = {"", ":8080", ":80"};

    @Test
    void hidesWhatASimpleModelHides() {
        Random random = Seed.random("hidesWhatASimpleModelHides");
        for (int round = 0; round < 300; round++) {
            List<Takedown> some = new ArrayList<>();
            for (int i = random.nextInt(12); i > 0; i--) {
                some.add(takedown(random));
            }
            Takedowns takedowns = Takedowns.of(some);
            for (int i = 0; i < 200; i++) {
                String domain = DOMAINS[random.nextInt(DOMAINS.length)];
                String host = host(random, domain);
                String path = path(random);
                boolean hidden = some.stream().anyMatch(each -> hides(each, domain, host, path));
                assertThat(takedowns.hide(domain, host, path))
                        .as("%s of %s by %s", host + path, domain, some)
                        .isEqualTo(hidden);
                if (hidden) {
                    assertThat(takedowns.domains()).contains(domain);
                }
            }
        }
    }

    @Test
    void aHostIsHiddenUnderWhicheverDomainItHas() {
        Takedowns takedowns = Takedowns.of(List.of(takedown(Scope.HOST, "x.www.blog.example:81")));
        for (String domain : List.of("x.www.blog.example", "www.blog.example", "blog.example")) {
            assertThat(takedowns.hide(domain, "x.www.blog.example:81", "/")).isTrue();
            assertThat(takedowns.hide(domain, "x.www.blog.example", "/")).isFalse();
        }
        assertThat(takedowns.domains()).doesNotContain("example");
    }

    @Test
    void neighboursStay() {
        Takedowns takedowns =
                Takedowns.of(
                        List.of(
                                takedown(Scope.HOST, "www.a.example"),
                                takedown(Scope.URL_PREFIX, "b.example/x"),
                                takedown(Scope.URL_PREFIX, "b.example/x/y"),
                                takedown(Scope.URL_PREFIX, "b.example/xz")));
        assertThat(takedowns.hide("a.example", "www.a.example:8080", "/")).isTrue();
        assertThat(takedowns.hide("a.example", "www2.a.example", "/")).isFalse();
        assertThat(takedowns.hide("a.example", "a.example", "/")).isFalse();
        assertThat(takedowns.hide("b.example", "b.example", "/x")).isTrue();
        assertThat(takedowns.hide("b.example", "b.example", "/xa")).isTrue();
        assertThat(takedowns.hide("b.example", "b.example", "/w")).isFalse();
        assertThat(takedowns.hide("b.example", "b.example", "/")).isFalse();
        assertThat(takedowns.hide("b.example", "b.example:81", "/x")).isFalse();
        assertThat(takedowns.of("b.example").prefixes()).containsExactly("b.example/x");
        assertThat(Takedowns.NONE.hide("a.example", "a.example", "/")).isFalse();
    }

    private static boolean hides(Takedown takedown, String domain, String host, String path) {
        return switch (takedown.scope()) {
            case DOMAIN -> takedown.value().equals(domain);
            case HOST ->
                    takedown.value().equals(host)
                            || takedown.value().equals(host.replaceFirst(":[0-9]+$", ""));
            case URL_PREFIX -> (host + path).startsWith(takedown.value());
        };
    }

    private static Takedown takedown(Random random) {
        String domain = DOMAINS[random.nextInt(DOMAINS.length)];
        return switch (random.nextInt(8)) {
            case 0 -> takedown(Scope.DOMAIN, domain);
            case 1, 2 -> takedown(Scope.HOST, host(random, domain));
            default -> takedown(Scope.URL_PREFIX, host(random, domain) + path(random));
        };
    }

    private static String host(Random random, String domain) {
        boolean isName = domain.endsWith("example");
        String name = isName && random.nextBoolean() ? "www." + domain : domain;
        return name + PORTS[random.nextInt(PORTS.length)];
    }

    private static String path(Random random) {
        var path = new StringBuilder("/");
        for (int i = random.nextInt(4); i > 0; i--) {
            path.append("ab/".charAt(random.nextInt(3)));
        }
        return path.toString();
    }

    private static Takedown takedown(Scope scope, String value) {
        return new Takedown(value, scope, value, "asked", "me", Instant.EPOCH);
    }
}
