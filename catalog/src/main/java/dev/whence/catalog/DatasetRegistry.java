package dev.whence.catalog;

import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The datasets, as the chain {@code datasets/{id}.json}: ids are given in order, one object each,
 * and never again. Remembers what it has read and follows the chain from there. Thread-safe.
 */
public final class DatasetRegistry {
    private final NumberedChain<Dataset> chain;
    private final Clock clock;
    private final List<Dataset> known = new ArrayList<>();
    private final Map<String, Dataset> byName = new HashMap<>();

    public DatasetRegistry(ObjectStore store, Clock clock) {
        this.chain = new NumberedChain<>(store, "datasets/", Dataset.class);
        this.clock = clock;
    }

    /** The dataset of that name, registered now if there is none. */
    public synchronized Dataset register(String name, boolean spread) throws IOException {
        Dataset.requireName(name);
        Optional<Dataset> found = find(name);
        while (found.isEmpty()) {
            int id = known.size();
            Dataset proposed =
                    new Dataset(
                            CatalogJson.FORMAT,
                            id,
                            name,
                            spread,
                            clock.instant().truncatedTo(ChronoUnit.MILLIS));
            remember(
                    switch (chain.commit(Integer.toUnsignedLong(id), proposed)) {
                        case Commit.Done<Dataset>(Dataset ours) -> ours;
                        case Commit.Lost<Dataset>(Dataset winner) -> winner;
                    });
            found = find(name);
        }
        return found.get();
    }

    /** The dataset of that name. */
    public synchronized Optional<Dataset> find(String name) throws IOException {
        if (!byName.containsKey(name)) {
            follow();
        }
        return Optional.ofNullable(byName.get(name));
    }

    /** The dataset with that id. */
    public synchronized Optional<Dataset> get(int id) throws IOException {
        if (Integer.compareUnsigned(id, known.size()) >= 0) {
            follow();
        }
        return Integer.compareUnsigned(id, known.size()) < 0
                ? Optional.of(known.get(id))
                : Optional.empty();
    }

    /** All datasets, by id. */
    public synchronized List<Dataset> all() throws IOException {
        follow();
        return List.copyOf(known);
    }

    private void follow() throws IOException {
        for (var next = chain.read(known.size());
                next.isPresent();
                next = chain.read(known.size())) {
            remember(next.get());
        }
    }

    private void remember(Dataset dataset) throws CorruptCatalogException {
        if (dataset.id() != known.size() || byName.containsKey(dataset.name())) {
            throw new CorruptCatalogException(
                    chain.key(known.size()),
                    "holds dataset " + dataset.id() + " '" + dataset.name() + "' out of turn",
                    null);
        }
        known.add(dataset);
        byName.put(dataset.name(), dataset);
    }
}
