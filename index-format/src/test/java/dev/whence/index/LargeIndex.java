package dev.whence.index;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Builds and folds generations and segments whose domains and pairs would take several times the
 * heap that it is given, and compares the folds with what they were made of.
 */
final class LargeIndex {
    static final int GENERATIONS = 4;
    static final int DOMAINS = 700_000;
    static final int SEGMENTS = 6;
    static final int PAIRS = 1_000_000;

    private static final UrlProfile PROFILE = UrlProfile.current();

    private LargeIndex() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        foldGenerations(directory);
        foldSegments(directory);
    }

    private static void foldGenerations(Path directory) throws IOException {
        List<Path> generations = new ArrayList<>();
        for (int i = 0; i < GENERATIONS; i++) {
            int generation = i;
            generations.add(directory.resolve("generation-" + i));
            Iterable<String> domains =
                    () ->
                            IntStream.range(0, DOMAINS)
                                    .mapToObj(n ->
                                            "site-%08d.example"
                                                    .formatted(n * GENERATIONS + generation))
                                    .iterator();
            GenerationWriter.write(generations.getLast(), PROFILE, i * DOMAINS, domains);
        }
        Path folded = directory.resolve("generations");
        GenerationWriter.fold(folded, generations);
        say(FoldCheck.ofGenerations(folded, generations, 10_000, new Random(1)).orElse("the same"));
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(folded), List.of())) {
            say(snapshot.domains() + " domains");
        }
    }

    private static void foldSegments(Path directory) throws IOException {
        List<Path> segments = new ArrayList<>();
        for (int i = 0; i < SEGMENTS; i++) {
            segments.add(directory.resolve("segment-" + i));
            var writer = new SegmentWriter(PROFILE);
            for (int n = 0; n < PAIRS; n++) {
                int ordinal = n % (GENERATIONS * DOMAINS);
                writer.change(ordinal, i, 1 + n % 7);
                writer.gain(ordinal, i);
            }
            writer.write(segments.getLast());
        }
        Path folded = directory.resolve("segments");
        SegmentWriter.fold(folded, segments, true);
        say(FoldCheck.ofSegments(folded, segments).orElse("the same"));
        Path generations = directory.resolve("generations");
        try (IndexSnapshot snapshot = IndexSnapshot.open(List.of(generations), List.of(folded))) {
            say(snapshot.datasetsOf(0).size() + " datasets at 0");
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
