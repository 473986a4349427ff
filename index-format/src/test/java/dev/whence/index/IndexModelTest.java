package dev.whence.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** Stacks of many publishes, with merges at random points, beside a naive model. */
class IndexModelTest {
    private static final UrlProfile PROFILE = new UrlProfile(1, "2026-11-01");
    private static final int[] DATASETS = {0, 1, 2, 77, 70_000, Integer.MAX_VALUE, -5, -1};

    @TempDir Path root;

    private final NaiveIndex model = new NaiveIndex();
    private final List<Path> generations = new ArrayList<>();
    private final List<Path> segments = new ArrayList<>();
    private int blocks;
    private long nextFileId = 1;

    @RepeatedTest(4)
    @Tag("slow")
    void answersAsTheModelDoesAfterPublishesAndMerges() throws IOException {
        Random random = Seed.random("IndexModelTest");
        for (int publish = 0; publish < 20; publish++) {
            publish(random);
            if (random.nextInt(3) == 0) {
                mergeSegments(random);
            }
            if (random.nextInt(3) == 0) {
                mergeGenerations(random);
            }
            if (random.nextInt(4) == 0 || publish == 19) {
                try (IndexSnapshot snapshot = IndexSnapshot.open(generations, segments)) {
                    model.assertSameAs(snapshot, DATASETS);
                }
            }
        }
    }

    private Path fresh() {
        return root.resolve("block-" + blocks++);
    }

    private void publish(Random random) throws IOException {
        TreeSet<String> fresh = Domains.distinct(random, random.nextInt(120));
        fresh.removeAll(model.ordinals.keySet());
        if (!fresh.isEmpty() || random.nextInt(4) == 0) {
            generations.add(fresh());
            GenerationWriter.write(
                    generations.getLast(), PROFILE, model.domains.size(), fresh, lookup(random));
            fresh.forEach(model::addDomain);
        }
        SegmentWriter writer = new SegmentWriter(PROFILE);
        int changes = model.domains.isEmpty() ? 0 : random.nextInt(300);
        Map<Long, Long> before = new TreeMap<>();
        for (int i = 0; i < changes; i++) {
            change(random, writer, before);
        }
        before.forEach((pair, held) -> tell(writer, pair, held));
        removeSome(random, writer);
        int added = model.domains.isEmpty() ? 0 : random.nextInt(30);
        for (int i = 0; i < added; i++) {
            LakeFile file = randomFile(random);
            if (random.nextBoolean()) {
                byte[] tail = new byte[1 + random.nextInt(5_000)];
                random.nextBytes(tail);
                writer.addFile(file, () -> tail);
                model.tails.put(file.fileId(), tail);
            } else {
                writer.addFile(file);
            }
            model.live.put(file.fileId(), file);
        }
        segments.add(fresh());
        writer.write(segments.getLast());
    }

    private void change(Random random, SegmentWriter writer, Map<Long, Long> before) {
        int ordinal = random.nextInt(model.domains.size());
        int datasetId = DATASETS[random.nextInt(DATASETS.length)];
        long held = model.count(ordinal, datasetId);
        before.putIfAbsent(Pair.of(ordinal, datasetId), held);
        long delta =
                switch (random.nextInt(4)) {
                    case 0 -> -held;
                    case 1 -> held > 0 ? -random.nextLong(held) : 1;
                    case 2 -> 1 + random.nextInt(10);
                    default -> random.nextLong(1L << 40);
                };
        writer.change(ordinal, datasetId, delta);
        model.change(ordinal, datasetId, delta);
    }

    private void tell(SegmentWriter writer, long pair, long before) {
        long after = model.count(Pair.ordinal(pair), Pair.dataset(pair));
        if (before == 0 && after > 0) {
            writer.gain(Pair.ordinal(pair), Pair.dataset(pair));
        } else if (before > 0 && after == 0) {
            writer.lose(Pair.ordinal(pair), Pair.dataset(pair));
        }
    }

    private void removeSome(Random random, SegmentWriter writer) {
        int chance = 1 + random.nextInt(6);
        for (LakeFile file : List.copyOf(model.live.values())) {
            if (random.nextInt(chance) == 0) {
                writer.removeFile(file.fileId(), file.datasetId());
                model.live.remove(file.fileId());
            }
        }
    }

    private LakeFile randomFile(Random random) {
        int groups = 1 + random.nextInt(4);
        List<String> bounds =
                random.ints(2L * groups, 0, model.domains.size())
                        .mapToObj(model.domains::get)
                        .sorted()
                        .toList();
        List<RowGroupBounds> rowGroups = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            long rows = 1 + random.nextLong(1L << 33);
            rowGroups.add(new RowGroupBounds(rows, bounds.get(2 * i), bounds.get(2 * i + 1)));
        }
        long id = nextFileId;
        nextFileId += 1 + random.nextInt(3);
        int datasetId = DATASETS[random.nextInt(DATASETS.length)];
        String prefix =
                random.nextBoolean() ? "" : "domain_prefix=%x/".formatted(random.nextInt(16));
        String key = "urls/dataset_id=" + datasetId + "/" + prefix + "part-é-" + id + ".parquet";
        return new LakeFile(id, datasetId, key, random.nextLong(1L << 40), rowGroups);
    }

    private void mergeSegments(Random random) throws IOException {
        int from = random.nextInt(segments.size());
        int to = from + 1 + random.nextInt(segments.size() - from);
        Path merged = fresh();
        SegmentWriter.fold(merged, List.copyOf(segments.subList(from, to)), from == 0);
        replace(segments, from, to, merged);
    }

    private void mergeGenerations(Random random) throws IOException {
        if (generations.isEmpty()) {
            return;
        }
        int from = random.nextInt(generations.size());
        int to = from + 1 + random.nextInt(generations.size() - from);
        Path merged = fresh();
        List<BlockFile> files =
                GenerationWriter.fold(
                        merged, List.copyOf(generations.subList(from, to)), lookup(random));
        assertThat(files)
                .extracting(BlockFile::name)
                .startsWith(IndexFormat.DOMAINS.fileName, IndexFormat.ORDINALS.fileName);
        replace(generations, from, to, merged);
    }

    private static LookupFiles lookup(Random random) {
        return new LookupFiles(1 + random.nextInt(100), 1 + random.nextInt(100));
    }

    private static void replace(List<Path> stack, int from, int to, Path merged) {
        stack.subList(from, to).clear();
        stack.add(from, merged);
    }
}
