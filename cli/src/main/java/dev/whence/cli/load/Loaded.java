package dev.whence.cli.load;

import java.util.Map;
import java.util.TreeMap;

/**
 * What versions say that they did to a dataset.
 *
 * @param version the last of them
 * @param rejected by reason
 */
public record Loaded(
        long version, long read, long accepted, Map<String, Long> rejected, long added) {

    static Loaded nothing(long version) {
        return new Loaded(version, 0, 0, Map.of(), 0);
    }

    public long rejectedInAll() {
        return rejected.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Both together; the version stays. */
    Loaded and(Loaded other) {
        var reasons = new TreeMap<>(rejected);
        other.rejected.forEach((reason, urls) -> reasons.merge(reason, urls, Long::sum));
        return new Loaded(
                version,
                read + other.read,
                accepted + other.accepted,
                reasons,
                added + other.added);
    }
}
