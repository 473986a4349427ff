package dev.whence.ingest;

import dev.whence.catalog.Dataset;
import dev.whence.catalog.DatasetRegistry;
import java.io.IOException;
import java.util.Set;

/**
 * Ids of datasets by name, given at the first good batch; and which of them are spread over all
 * keys, which is settled when they are registered. Thread-safe.
 */
public final class Datasets {
    private final DatasetRegistry registry;
    private final Set<String> spread;

    /** The names that are registered as spread when they first come. */
    public Datasets(DatasetRegistry registry, Set<String> spread) {
        this.registry = registry;
        this.spread = Set.copyOf(spread);
    }

    int idOf(String name) throws IOException {
        return registry.register(name, spread.contains(name)).id();
    }

    /** Whether it had a batch. */
    boolean isKnown(String name) throws IOException {
        return registry.find(name).isPresent();
    }

    boolean isSpread(String name) throws IOException {
        return registry.find(name).map(Dataset::spread).orElse(spread.contains(name));
    }
}
