package dev.whence.index;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a folded block back and compares it with those that it was made of, in memory that does not
 * grow with them. What differs comes as text, empty for nothing.
 */
public final class FoldCheck {
    private FoldCheck() {}

    /**
     * Compares the range of ordinals, and some domains there and back.
     *
     * @param samples how many domains
     * @throws IndexFileException if a block cannot be read
     */
    public static Optional<String> ofGenerations(
            Path folded, List<Path> adjacent, int samples, RandomGenerator random)
            throws IOException {
        try (Arena arena = Arena.ofShared()) {
            Generation fold = Generation.open(folded, arena);
            List<Generation> generations = new ArrayList<>();
            for (Path path : adjacent) {
                generations.add(Generation.open(path, arena));
            }
            int first = generations.getFirst().firstOrdinal();
            int end = generations.getLast().endOrdinal();
            if (fold.firstOrdinal() != first || fold.endOrdinal() != end) {
                return Optional.of(
                        "ordinals %d to %d instead of %d to %d"
                                .formatted(fold.firstOrdinal(), fold.endOrdinal(), first, end));
            }
            for (int sample = 0; sample < samples && first < end; sample++) {
                int ordinal = random.nextInt(first, end);
                DomainKey domain = new DomainKey(of(ordinal, generations).domain(ordinal));
                if (!new DomainKey(fold.domain(ordinal)).toString().equals(domain.toString())
                        || fold.ordinalOf(domain, domain.hash()) != ordinal) {
                    return Optional.of("another domain than %s at %d".formatted(domain, ordinal));
                }
            }
            return Optional.empty();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Compares every pair, bitmap, tail and file.
     *
     * @throws IndexFileException if a block cannot be read
     */
    public static Optional<String> ofSegments(Path folded, List<Path> adjacent) throws IOException {
        try (Arena arena = Arena.ofShared()) {
            List<Segment> fold = List.of(Segment.open(folded, arena));
            List<Segment> segments = new ArrayList<>();
            for (Path path : adjacent) {
                segments.add(Segment.open(path, arena));
            }
            Optional<String> members = compareMembers(fold, segments);
            if (members.isPresent()) {
                return members;
            }
            Optional<String> bitmaps = compareBitmaps(fold, segments);
            if (bitmaps.isPresent()) {
                return bitmaps;
            }
            Optional<String> tails = compareTails(fold, segments);
            return tails.isPresent() ? tails : compareFiles(folded, adjacent);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static Generation of(int ordinal, List<Generation> generations) {
        int at = 0;
        while (generations.get(at).endOrdinal() <= ordinal) {
            at++;
        }
        return generations.get(at);
    }

    private static Optional<String> compareMembers(List<Segment> fold, List<Segment> segments) {
        MergedMembers found = new MergedMembers(fold);
        MergedMembers expected = new MergedMembers(segments);
        while (nextChange(expected)) {
            if (!nextChange(found)
                    || found.pair() != expected.pair()
                    || found.sum() != expected.sum()) {
                return Optional.of(
                        "dataset %d at ordinal %d is not summed up as %d"
                                .formatted(
                                        Integer.toUnsignedLong(Pair.dataset(expected.pair())),
                                        Pair.ordinal(expected.pair()),
                                        expected.sum()));
            }
        }
        return nextChange(found) ? Optional.of("more pairs than there were") : Optional.empty();
    }

    private static boolean nextChange(MergedMembers members) {
        while (members.next()) {
            if (members.sum() != 0) {
                return true;
            }
        }
        return false;
    }

    private static Optional<String> compareBitmaps(List<Segment> fold, List<Segment> segments) {
        MergedBitmaps found = new MergedBitmaps(fold);
        MergedBitmaps expected = new MergedBitmaps(segments);
        for (var next = nextChange(expected); next != null; next = nextChange(expected)) {
            if (!next.equals(nextChange(found))) {
                return Optional.of(
                        "the gains and losses of dataset %d in slice %d differ"
                                .formatted(Integer.toUnsignedLong(next.datasetId()), next.slice()));
            }
        }
        return nextChange(found) == null
                ? Optional.empty()
                : Optional.of("more gains and losses than there were");
    }

    private static @Nullable SliceChange nextChange(MergedBitmaps bitmaps) {
        SliceChange next = bitmaps.next();
        while (next != null && next.isEmpty()) {
            next = bitmaps.next();
        }
        return next;
    }

    private static Optional<String> compareTails(List<Segment> fold, List<Segment> segments) {
        MergedTails found = new MergedTails(fold);
        MergedTails expected = new MergedTails(segments);
        while (expected.next()) {
            if (!found.next()
                    || found.fileId() != expected.fileId()
                    || !Arrays.equals(found.tail(), expected.tail())) {
                return Optional.of("the tail of file %d differs".formatted(expected.fileId()));
            }
        }
        return found.next() ? Optional.of("more tails than there were") : Optional.empty();
    }

    private static Optional<String> compareFiles(Path folded, List<Path> adjacent)
            throws IOException {
        try (IndexSnapshot fold = IndexSnapshot.open(List.of(), List.of(folded));
                IndexSnapshot segments = IndexSnapshot.open(List.of(), adjacent);
                Stream<LakeFile> foldedFiles = fold.files();
                Stream<LakeFile> files = segments.files()) {
            Iterator<LakeFile> found = foldedFiles.iterator();
            Iterator<LakeFile> expected = files.iterator();
            while (expected.hasNext()) {
                LakeFile file = expected.next();
                if (!found.hasNext() || !Objects.equals(found.next(), file)) {
                    return Optional.of("%s is not listed as it was".formatted(file.key()));
                }
            }
            return found.hasNext() ? Optional.of("more files than there were") : Optional.empty();
        }
    }
}
