package dev.whence.benchmarks;

import dev.whence.index.DatasetCount;
import dev.whence.index.FoundDomain;
import dev.whence.index.GenerationWriter;
import dev.whence.index.IndexSnapshot;
import dev.whence.index.SegmentWriter;
import dev.whence.store.ObjectStore;
import dev.whence.url.UrlProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/**
 * New counts of some known and some new domains.
 *
 * @param counts by domain, in the order of their bytes
 */
record MadeDelta(TreeMap<String, List<DatasetCount>> counts) {
    private static final int BATCH = 10_000;

    static MadeDelta of(IndexSnapshot base, List<String> fresh, int domains, Random random) {
        var counts = new TreeMap<String, List<DatasetCount>>();
        while (counts.size() < Math.min(domains, fresh.size())) {
            String domain =
                    random.nextBoolean()
                            ? fresh.get(random.nextInt(fresh.size()))
                            : base.domain(random.nextInt(base.domains()));
            counts.put(domain, MadeMembers.of(random.nextInt(base.domains())));
        }
        return new MadeDelta(counts);
    }

    /** Does what an indexer does with the counts of new files, and compares every one of them. */
    void publish(BuiltBase built, IndexSnapshot base, ObjectStore store, Path directory)
            throws IOException {
        Map<String, FoundDomain> before = find(base);
        List<String> fresh =
                counts.keySet().stream().filter(name -> of(name, before).ordinal() < 0).toList();
        Path generation = directory.resolveSibling(directory.getFileName() + "-generation");
        BuiltBase.put(
                store,
                generation,
                GenerationWriter.write(generation, UrlProfile.current(), base.domains(), fresh));
        var writer = new SegmentWriter(UrlProfile.current());
        int next = base.domains();
        for (var entry : counts.entrySet()) {
            FoundDomain known = of(entry.getKey(), before);
            int ordinal = known.ordinal() < 0 ? next++ : known.ordinal();
            for (DatasetCount count : entry.getValue()) {
                writer.change(ordinal, count.datasetId(), count.urls());
                if (urls(known, count.datasetId()) == 0) {
                    writer.gain(ordinal, count.datasetId());
                }
            }
        }
        BuiltBase.put(store, directory, writer.write(directory));
        try (IndexSnapshot after =
                IndexSnapshot.open(
                        List.of(built.generation(), generation),
                        List.of(built.segment(), directory))) {
            compare(before, find(after));
        }
    }

    private void compare(Map<String, FoundDomain> before, Map<String, FoundDomain> after) {
        counts.forEach((domain, added) -> {
            for (DatasetCount count : added) {
                long expected = urls(of(domain, before), count.datasetId()) + count.urls();
                if (urls(of(domain, after), count.datasetId()) != expected) {
                    throw new IllegalStateException("wrong count of " + domain);
                }
            }
        });
    }

    private Map<String, FoundDomain> find(IndexSnapshot index) {
        var names = new ArrayList<>(counts.keySet());
        var found = new HashMap<String, FoundDomain>();
        for (int from = 0; from < names.size(); from += BATCH) {
            List<String> batch = names.subList(from, Math.min(names.size(), from + BATCH));
            List<FoundDomain> answers = index.find(batch);
            for (int i = 0; i < batch.size(); i++) {
                found.put(batch.get(i), answers.get(i));
            }
        }
        return found;
    }

    private static FoundDomain of(String domain, Map<String, FoundDomain> found) {
        return Objects.requireNonNull(found.get(domain));
    }

    private static long urls(FoundDomain domain, int datasetId) {
        for (DatasetCount count : domain.datasets()) {
            if (count.datasetId() == datasetId) {
                return count.urls();
            }
        }
        return 0;
    }
}
