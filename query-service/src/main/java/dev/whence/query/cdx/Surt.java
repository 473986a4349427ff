package dev.whence.query.cdx;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Sort-friendly URIs (SURT) as CDX files have them: {@code https://www.example.com:8080/a?b} is
 * {@code com,example:8080)/a?b}. The scheme is left out and so is {@code www.} in front of a host
 * below its registrable domain. Path and query stay as the canonical URL has them, case and all:
 * what archives do beyond that (lower case, no trailing slash) loses what tells URLs apart here.
 */
final class Surt {
    private static final String WWW = "www.";

    private Surt() {}

    /**
     * The part of a key before {@code )}.
     *
     * @param host {@code host[:port]}
     */
    static String hostKey(String host, String domain) {
        String plain = withoutWww(host, domain);
        int colon = portAt(plain);
        String name = plain.substring(0, colon);
        if (isAddress(name)) {
            return plain;
        }
        List<String> labels = Arrays.asList(name.split("\\.", -1));
        Collections.reverse(labels);
        return String.join(",", labels) + plain.substring(colon);
    }

    /** The whole key of a URL. */
    static String key(String hostKey, String pathQuery) {
        return hostKey + ")" + pathQuery;
    }

    /** The hosts of a domain that may share the key of a host, itself among them. */
    static List<String> hostsLike(String host, String domain) {
        String plain = withoutWww(host, domain);
        String other = WWW + plain;
        boolean plainIsLike = withoutWww(plain, domain).equals(plain);
        return isAddress(plain.substring(0, portAt(plain)))
                ? List.of(plain)
                : plainIsLike ? List.of(plain, other) : List.of(other);
    }

    private static String withoutWww(String host, String domain) {
        boolean below =
                host.length() > WWW.length() && !host.substring(0, portAt(host)).equals(domain);
        return below && host.startsWith(WWW) ? host.substring(WWW.length()) : host;
    }

    /** Where {@code :port} begins, or the end. */
    private static int portAt(String host) {
        int colon = host.lastIndexOf(':');
        return colon < 0 || host.endsWith("]") ? host.length() : colon;
    }

    /** IPv4 and IPv6 addresses are not turned round. */
    private static boolean isAddress(String name) {
        return name.startsWith("[")
                || name.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
    }
}
