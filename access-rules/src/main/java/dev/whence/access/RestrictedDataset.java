package dev.whence.access;

import dev.whence.catalog.Dataset;
import java.util.List;

/**
 * A dataset that only some may see; for everybody else it does not exist. It is named, so that it
 * can be restricted before its first batch comes.
 *
 * @param principals names of those who may; none for nobody
 */
public record RestrictedDataset(String dataset, List<String> principals) {
    public RestrictedDataset {
        Dataset.requireName(dataset);
        principals = List.copyOf(principals);
    }
}
