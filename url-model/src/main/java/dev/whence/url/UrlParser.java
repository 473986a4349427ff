package dev.whence.url;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The full path: the URL Standard's basic parser for special URLs without a base (section 4.4),
 * which writes each part in its canonical form as it meets it. Every input is understood here; the
 * fast path is only a shorter way to the same answer.
 */
final class UrlParser {
    private static final int HIGHEST_PORT = 65535;

    private final ParsedUrl url;
    private final PublicSuffixes suffixes;
    private final QueryNormalizer query;

    /** The input, trimmed and without tabs and newlines, is {@code text[at, length)}. */
    private byte[] text = new byte[1024];

    private int length;
    private int at;
    private boolean schemeGiven;

    UrlParser(ParsedUrl url, PublicSuffixes suffixes, ParameterOrder order) {
        this.url = url;
        this.suffixes = suffixes;
        this.query = new QueryNormalizer(order);
    }

    /** Null when {@code input[from, to)} was taken. */
    @Nullable Rejection parse(byte[] input, int from, int to) {
        if (!Utf8.isWellFormed(input, from, to)) {
            return Rejection.NOT_UTF8;
        }
        clean(input, from, to);
        if (length == 0) {
            return Rejection.EMPTY;
        }
        url.length = 0;
        Rejection rejection = readScheme();
        if (rejection == null) {
            rejection = readAuthority();
        }
        if (rejection == null) {
            readPathAndQuery();
        }
        return rejection;
    }

    /** Strips controls and spaces around the input, and every tab and newline in it. */
    private void clean(byte[] input, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && isControlOrSpace(input[start])) {
            start++;
        }
        while (end > start && isControlOrSpace(input[end - 1])) {
            end--;
        }
        if (text.length < end - start) {
            text = new byte[end - start];
        }
        length = 0;
        at = 0;
        for (int i = start; i < end; i++) {
            byte b = input[i];
            if (b != '\t' && b != '\n' && b != '\r') {
                text[length++] = b;
            }
        }
    }

    private static boolean isControlOrSpace(byte b) {
        return b >= 0 && b <= ' ';
    }

    /** Leaves {@code at} on the first byte of the authority. */
    private @Nullable Rejection readScheme() {
        int colon = schemeEnd();
        Scheme known = colon < 0 ? null : scheme(colon);
        schemeGiven = known != null;
        if (known != null) {
            at = colon + 1;
        } else if (colon >= 0 && !isHostWithPort(colon)) {
            return Rejection.UNSUPPORTED_SCHEME;
        } else if (Ascii.isSlash(text[0]) && (length == 1 || !Ascii.isSlash(text[1]))) {
            // A path, whose host only the page knew where it was found.
            return Rejection.MISSING_HOST;
        }
        url.scheme = known == null ? Scheme.HTTP : known;
        while (at < length && Ascii.isSlash(text[at])) {
            at++;
        }
        url.append(url.scheme.text());
        url.append("://");
        return null;
    }

    /** Where the colon of a well-formed scheme stands, -1 if the input begins with none. */
    private int schemeEnd() {
        int end = 0;
        while (end < length && Ascii.isSchemePart(text[end])) {
            end++;
        }
        return end > 0 && end < length && text[end] == ':' && Ascii.isLetter(text[0]) ? end : -1;
    }

    private @Nullable Scheme scheme(int colon) {
        String name = new String(text, 0, colon, StandardCharsets.ISO_8859_1);
        for (Scheme scheme : Scheme.values()) {
            if (scheme.text().equalsIgnoreCase(name)) {
                return scheme;
            }
        }
        return null;
    }

    /**
     * Whether what has the form of a scheme is a host: {@code example.com:8080/a} or {@code
     * localhost:3000}, but not {@code tel:911}.
     */
    private boolean isHostWithPort(int colon) {
        int end = colon + 1;
        while (end < length && Ascii.isDigit(text[end])) {
            end++;
        }
        String name = new String(text, 0, colon, StandardCharsets.ISO_8859_1);
        return end > colon + 1
                && (end == length || endsAuthority(text[end]))
                && (name.contains(".") || name.equalsIgnoreCase("localhost"));
    }

    private static boolean endsAuthority(byte b) {
        return Ascii.isSlash(b) || b == '?' || b == '#';
    }

    private @Nullable Rejection readAuthority() {
        int end = at;
        int userEnd = -1;
        while (end < length && !endsAuthority(text[end])) {
            if (text[end] == '@') {
                userEnd = end;
            }
            end++;
        }
        if (userEnd >= 0 && !schemeGiven) {
            // A mail address rather than a host and who asks it.
            return Rejection.INVALID_HOST;
        }
        int hostStart = userEnd >= 0 ? userEnd + 1 : at;
        int hostEnd = hostEnd(hostStart, end);
        if (hostStart == hostEnd) {
            return Rejection.MISSING_HOST;
        }
        Host host = Host.parse(text, hostStart, hostEnd);
        if (host == null) {
            return Rejection.INVALID_HOST;
        }
        if (!schemeGiven && !looksLikeHost(host, hostStart, hostEnd)) {
            return Rejection.MISSING_HOST;
        }
        appendHost(host);
        at = end;
        return appendPort(hostEnd, end);
    }

    /** The first colon outside brackets, or the authority's end. */
    private int hostEnd(int hostStart, int authorityEnd) {
        boolean inBrackets = false;
        for (int i = hostStart; i < authorityEnd; i++) {
            if (text[i] == '[') {
                inBrackets = true;
            } else if (text[i] == ']') {
                inBrackets = false;
            } else if (text[i] == ':' && !inBrackets) {
                return i;
            }
        }
        return authorityEnd;
    }

    /**
     * Without a scheme, only what is plainly a host is taken for one: {@code n/a} is not the path
     * {@code /a} on a host {@code n}, and {@code 3.14} is not the address 3.0.0.14.
     */
    private boolean looksLikeHost(Host host, int from, int to) {
        String name = host.name();
        if (host.isAddress()) {
            return name.startsWith("[")
                    || name.equals(new String(text, from, to - from, StandardCharsets.UTF_8));
        }
        return name.equals("localhost")
                || (name.indexOf('.') > 0 && name.chars().allMatch(UrlParser::isUsualInHost));
    }

    private static boolean isUsualInHost(int c) {
        return Ascii.isLetter((byte) c) || Ascii.isDigit((byte) c) || "-._".indexOf(c) >= 0;
    }

    private void appendHost(Host host) {
        url.hostStart = url.length;
        url.append(host.name());
        url.hostEnd = url.length;
        url.domainEnd = url.length;
        url.domainStart =
                host.isAddress()
                        ? url.hostStart
                        : suffixes.registrableStart(url.bytes, url.hostStart, url.domainEnd);
    }

    /** The port behind the colon at {@code colon}, if there is one. */
    private @Nullable Rejection appendPort(int colon, int end) {
        int port = 0;
        for (int i = colon + 1; i < end; i++) {
            if (!Ascii.isDigit(text[i])) {
                return Rejection.INVALID_PORT;
            }
            port = 10 * port + text[i] - '0';
            if (port > HIGHEST_PORT) {
                return Rejection.INVALID_PORT;
            }
        }
        boolean given = colon + 1 < end;
        if (given && port != url.scheme.defaultPort()) {
            url.append(":");
            url.append(Integer.toString(port));
            url.hostEnd = url.length;
        }
        return null;
    }

    private void readPathAndQuery() {
        url.reserve(url.length + 1 + EscapeNormalizer.LONGEST_ESCAPE * (length - at));
        int pathEnd = at;
        while (pathEnd < length && text[pathEnd] != '?' && text[pathEnd] != '#') {
            pathEnd++;
        }
        PathNormalizer.append(url, text, at, pathEnd);
        if (pathEnd < length && text[pathEnd] == '?') {
            int queryEnd = pathEnd + 1;
            while (queryEnd < length && text[queryEnd] != '#') {
                queryEnd++;
            }
            query.append(url, text, pathEnd + 1, queryEnd);
        }
    }
}
