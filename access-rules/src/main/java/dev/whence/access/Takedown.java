package dev.whence.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;

/**
 * URLs that nobody is told of any more, in no answer and no count, and that leave the lake.
 *
 * @param id a fresh id, which {@code takedown lift} takes
 * @param value what is taken down, in canonical form: see {@link Scope}
 * @param reason why, for people
 * @param by who asked for it, or did it
 */
public record Takedown(
        String id, Scope scope, String value, String reason, String by, Instant since) {

    /** Longest value, in characters: as long as a URL may be. */
    public static final int MAX_VALUE_LENGTH = 16 << 10;

    /** Which URLs a takedown means. */
    public enum Scope {
        /** All of a registrable domain: {@code example.com}, with every host below it. */
        DOMAIN,
        /**
         * All of a host: {@code www.example.com} at every port, {@code www.example.com:8080} at
         * that one. Hosts below it are others.
         */
        HOST,
        /**
         * All URLs, of any scheme, that go on after {@code ://} in this way: {@code
         * example.com/private/}.
         */
        URL_PREFIX;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Scope of(String text) {
            return Arrays.stream(values())
                    .filter(scope -> scope.text().equals(text))
                    .findFirst()
                    .orElseThrow(() ->
                            new IllegalArgumentException(
                                    "a takedown is of a domain, host or url_prefix, not of '%s'"
                                            .formatted(Texts.shown(text))));
        }
    }

    public Takedown {
        boolean hasPath = value.indexOf('/') > 0;
        if (value.isEmpty()
                || value.length() > MAX_VALUE_LENGTH
                || (scope == Scope.URL_PREFIX) != hasPath) {
            throw new IllegalArgumentException(
                    "'%s' is not the canonical form of a %s"
                            .formatted(Texts.shown(value), scope.text()));
        }
        Texts.requireLine("the reason of a takedown", reason, 1);
        Texts.requireLine("who takes down", by, 1);
    }

    /** The host, with its port where it has one; of a domain the domain itself. */
    public String host() {
        return scope == Scope.URL_PREFIX ? value.substring(0, value.indexOf('/')) : value;
    }

    /** The path that URLs begin with; empty where it is not of a prefix. */
    public String pathPrefix() {
        return scope == Scope.URL_PREFIX ? value.substring(value.indexOf('/')) : "";
    }
}
