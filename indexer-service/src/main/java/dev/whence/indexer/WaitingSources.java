package dev.whence.indexer;

import dev.whence.catalog.BatchPart;
import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import dev.whence.catalog.RefusedBatch;
import dev.whence.catalog.Strategy;
import dev.whence.catalog.WaitingPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sources of one dataset that have to be looked at whole, and of which some parts have come. A
 * source is whole once the part that is marked as the last is there, and all before it: a part that
 * was a dead letter can be sent again, and holds the source up until then. Not thread-safe.
 */
final class WaitingSources {
    private final Map<Source, SortedMap<Long, WaitingPart>> sources = new LinkedHashMap<>();
    private final List<String> dropped = new ArrayList<>();

    private record Source(Strategy strategy, String batchId) {
        static Source of(WaitingPart part) {
            Effect effect = part.merge().effect();
            return new Source(effect.strategy(), partOf(part).batchId());
        }
    }

    WaitingSources(List<WaitingPart> parts) {
        parts.forEach(part -> partsOf(part).put(partOf(part).number(), part));
    }

    /** Whether a source waits in vain for a part since that time. */
    static boolean anyOverdue(List<WaitingPart> parts, Instant since) {
        var newest = new LinkedHashMap<Integer, WaitingSources>();
        for (WaitingPart part : parts) {
            WaitingSources waiting =
                    newest.computeIfAbsent(
                            part.merge().datasetId(), id -> new WaitingSources(List.of()));
            waiting.partsOf(part).put(partOf(part).number(), part);
        }
        return newest.values().stream()
                .flatMap(waiting -> waiting.sources.values().stream())
                .anyMatch(source -> isOverdue(source, since));
    }

    /**
     * Takes a part in. One with the same number takes the place of the one before: it was sent
     * again.
     *
     * @return the merge of the whole source, if it is whole now; the last part says how
     */
    Optional<LoggedMerge> add(WaitingPart part) {
        SortedMap<Long, WaitingPart> parts = partsOf(part);
        WaitingPart before = parts.put(partOf(part).number(), part);
        if (before != null) {
            drop(List.of(before));
        }
        if (!isWhole(parts)) {
            return Optional.empty();
        }
        WaitingPart last =
                parts.values().stream().filter(one -> partOf(one).last()).findFirst().orElseThrow();
        sources.remove(Source.of(part));
        LoggedMerge how = last.merge();
        Effect effect = how.effect();
        return Optional.of(
                new LoggedMerge(
                        how.datasetId(),
                        new Effect(
                                effect.strategy(),
                                effect.rewriteMode(),
                                effect.dedupOrderBy(),
                                null,
                                false),
                        how.after(),
                        files(parts.values())));
    }

    /** The bytes of its source, if that will be whole with a part. */
    OptionalLong bytesIfCompletedBy(WaitingPart part) {
        var parts = new TreeMap<>(sources.getOrDefault(Source.of(part), new TreeMap<>()));
        parts.put(partOf(part).number(), part);
        return isWhole(parts)
                ? OptionalLong.of(
                        parts.values().stream().mapToLong(one -> one.merge().bytes()).sum())
                : OptionalLong.empty();
    }

    /** Drops what waits in vain since that time, and says so of each source. */
    List<RefusedBatch> expire(Instant since) {
        var expired = new ArrayList<RefusedBatch>();
        sources.entrySet()
                .removeIf(source -> {
                    boolean overdue = isOverdue(source.getValue(), since);
                    if (overdue) {
                        drop(source.getValue().values());
                        expired.add(refused(source.getKey(), source.getValue()));
                    }
                    return overdue;
                });
        return expired;
    }

    /** Drops everything, and says so of each source. */
    List<RefusedBatch> retract() {
        var retracted = new ArrayList<RefusedBatch>();
        sources.forEach((source, parts) -> {
            drop(parts.values());
            retracted.add(
                    new RefusedBatch(
                            source.strategy(),
                            source.batchId(),
                            "the dataset was retracted while parts of it waited"));
        });
        sources.clear();
        return retracted;
    }

    /** The parts that wait. */
    List<WaitingPart> parts() {
        return sources.values().stream().flatMap(parts -> parts.values().stream()).toList();
    }

    /** The keys of files with parts that were dropped and not merged. */
    List<String> dropped() {
        return dropped;
    }

    private static boolean isWhole(SortedMap<Long, WaitingPart> parts) {
        return parts.values().stream()
                .filter(part -> partOf(part).last())
                .findFirst()
                .map(part -> partOf(part).number() + 1)
                .filter(count -> parts.headMap(count).size() == count)
                .isPresent();
    }

    private void drop(Collection<WaitingPart> parts) {
        files(parts).forEach(file -> dropped.add(file.key()));
    }

    private SortedMap<Long, WaitingPart> partsOf(WaitingPart part) {
        return sources.computeIfAbsent(Source.of(part), source -> new TreeMap<>());
    }

    private static BatchPart partOf(WaitingPart part) {
        return Objects.requireNonNull(
                part.merge().effect().part(), "a batch that is no part does not wait");
    }

    private static boolean isOverdue(SortedMap<Long, WaitingPart> parts, Instant since) {
        return parts.values().stream().noneMatch(part -> part.committedAt().isAfter(since));
    }

    private static List<LandingFile> files(Collection<WaitingPart> parts) {
        return parts.stream().flatMap(part -> part.merge().sources().stream()).toList();
    }

    private static RefusedBatch refused(Source source, SortedMap<Long, WaitingPart> parts) {
        long missing = 0;
        while (parts.containsKey(missing)) {
            missing++;
        }
        return new RefusedBatch(
                source.strategy(),
                source.batchId(),
                "expired: %d parts came, the newest at %s, and part %d is missing"
                        .formatted(
                                parts.size(),
                                parts.values().stream()
                                        .map(WaitingPart::committedAt)
                                        .max(Instant::compareTo)
                                        .orElseThrow(),
                                missing));
    }
}
