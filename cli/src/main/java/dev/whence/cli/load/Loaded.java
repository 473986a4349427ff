package dev.whence.cli.load;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What versions say that they did to a dataset.
 *
 * @param version the last of them
 * @param rejected by reason
 * @param refused why batches changed nothing
 */
public record Loaded(
        long version,
        long read,
        long accepted,
        Map<String, Long> rejected,
        long added,
        long removed,
        List<String> refused) {

    static Loaded nothing(long version) {
        return new Loaded(version, 0, 0, Map.of(), 0, 0, List.of());
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
                added + other.added,
                removed + other.removed,
                Stream.concat(refused.stream(), other.refused.stream()).toList());
    }
}
