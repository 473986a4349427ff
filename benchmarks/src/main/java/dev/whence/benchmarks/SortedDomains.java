package dev.whence.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * A file of distinct domains in the order of their bytes. Sorted in parts, so that it may be much
 * larger than memory.
 */
final class SortedDomains implements Iterable<String> {
    private static final int PARTS = 64;
    private static final int SAMPLE = 100_000;
    private static final long SEED = 7;

    private final Path file;
    private final int count;

    private SortedDomains(Path file, int count) {
        this.file = file;
        this.count = count;
    }

    /** Like the real domains, the same each time. */
    static SortedDomains made(Path directory, int wanted) throws IOException {
        return made(directory, DomainModel.ofRealDomains(), wanted, SEED);
    }

    /** At least nine in ten of so many: what is made twice stands once. */
    static SortedDomains made(Path directory, DomainModel model, int wanted, long seed)
            throws IOException {
        var random = new SplittableRandom(seed);
        String[] bounds = bounds(() -> model.next(random));
        var parts = new ArrayList<Path>();
        var writers = new ArrayList<Writer>();
        for (int part = 0; part < PARTS; part++) {
            parts.add(directory.resolve("domains-" + part));
            writers.add(Files.newBufferedWriter(parts.get(part), StandardCharsets.US_ASCII));
        }
        for (int i = 0; i < wanted; i++) {
            String domain = model.next(random);
            int place = Arrays.binarySearch(bounds, domain);
            writers.get(place < 0 ? ~place : place).append(domain).append('\n');
        }
        Path file = directory.resolve("domains");
        int count = 0;
        try (Writer sorted = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (int part = 0; part < PARTS; part++) {
                writers.get(part).close();
                count += append(parts.get(part), sorted);
                Files.delete(parts.get(part));
            }
        }
        return new SortedDomains(file, count);
    }

    int count() {
        return count;
    }

    /** Every {@code step}th domain. */
    List<String> sample(int step) {
        var sample = new ArrayList<String>();
        int place = 0;
        for (String domain : this) {
            if (place++ % step == 0) {
                sample.add(domain);
            }
        }
        return sample;
    }

    /** All but every {@code step}th domain. */
    Iterable<String> without(int step) {
        return () -> {
            var place = new AtomicInteger();
            return StreamSupport.stream(spliterator(), false)
                    .filter(_ -> place.getAndIncrement() % step != 0)
                    .iterator();
        };
    }

    @Override
    public Iterator<String> iterator() {
        try {
            BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.US_ASCII);
            return lines.lines().onClose(() -> close(lines)).iterator();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What parts the made domains evenly. */
    private static String[] bounds(Supplier<String> made) {
        String[] sample = new String[SAMPLE];
        Arrays.setAll(sample, _ -> made.get());
        Arrays.sort(sample);
        String[] bounds = new String[PARTS - 1];
        Arrays.setAll(bounds, i -> sample[(i + 1) * (SAMPLE / PARTS)]);
        return bounds;
    }

    private static int append(Path part, Writer sorted) throws IOException {
        String[] domains;
        try (var lines = Files.lines(part, StandardCharsets.US_ASCII)) {
            domains = lines.toArray(String[]::new);
        }
        Arrays.parallelSort(domains);
        String last = "";
        int count = 0;
        for (String domain : domains) {
            if (!domain.equals(last)) {
                sorted.append(domain).append('\n');
                count++;
            }
            last = domain;
        }
        return count;
    }

    private static void close(BufferedReader lines) {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
