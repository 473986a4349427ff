package dev.whence.query.rest;

import dev.whence.lake.UrlRange;
import dev.whence.query.CanonicalNames;
import dev.whence.query.QueryException;
import dev.whence.query.listing.UrlFilter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The filter that the parameters of a list of URLs make. */
@Singleton
public final class UrlFilters {
    /** As long as a URL may be. */
    private static final int LONGEST_PATH = 16 << 10;

    private static final int LONGEST_TIME = 40;

    private final CanonicalNames names;

    @Inject
    UrlFilters(CanonicalNames names) {
        this.names = names;
    }

    /** The filter of a domain's list; null for what is not given. */
    public UrlFilter of(
            String domain,
            @Nullable String host,
            @Nullable String pathPrefix,
            @Nullable String from,
            @Nullable String to)
            throws QueryException {
        String path = pathPrefix == null ? "" : checkedPath(pathPrefix);
        UrlRange range = UrlRange.ALL;
        if (host != null) {
            range = UrlRange.ofPrefix(hostOf(domain, host), path);
            path = "";
        }
        return new UrlFilter(
                range,
                path,
                from == null ? Long.MIN_VALUE : micros("from", from),
                to == null ? Long.MAX_VALUE : micros("to", to));
    }

    private String hostOf(String domain, String text) throws QueryException {
        String host = names.host(text);
        if (!names.domain(withoutPort(host)).equals(domain)) {
            throw new BadParameterException(
                    "host is one of %s, not '%s', which belongs to another domain."
                            .formatted(domain, Parameters.shown(text)));
        }
        return host;
    }

    private static String withoutPort(String host) {
        return host.endsWith("]") ? host : host.replaceFirst(":[0-9]+$", "");
    }

    private static String checkedPath(String path) {
        boolean ascii = path.chars().allMatch(c -> c > ' ' && c < 0x7F);
        if (!path.startsWith("/") || path.length() > LONGEST_PATH || !ascii) {
            throw new BadParameterException(
                    "path_prefix begins with / and is as in canonical URLs: ASCII, with escapes,"
                            + " at most 16 KiB; not '%s'.".formatted(Parameters.shown(path)));
        }
        return path;
    }

    private static long micros(String name, String text) {
        try {
            if (text.length() <= LONGEST_TIME) {
                Instant time =
                        text.indexOf('T') < 0
                                ? LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC)
                                : OffsetDateTime.parse(text).toInstant();
                return ChronoUnit.MICROS.between(Instant.EPOCH, time);
            }
        } catch (DateTimeParseException | ArithmeticException e) {
            throw badTime(name, text);
        }
        throw badTime(name, text);
    }

    private static BadParameterException badTime(String name, String text) {
        return new BadParameterException(
                "%s is a date such as 2024-06-14 or a time such as 2024-06-14T00:00:00Z, not '%s'."
                        .formatted(name, Parameters.shown(text)));
    }
}
