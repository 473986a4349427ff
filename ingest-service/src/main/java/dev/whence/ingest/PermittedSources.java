package dev.whence.ingest;

import dev.whence.store.ObjectStore;
import java.util.List;

/**
 * Which objects a batch may name. A name is compared letter by letter and never decoded or
 * resolved: {@code %2e} is three characters of a key, and a segment {@code .} or {@code ..} is
 * refused, so that nothing beside a prefix is reached from it.
 */
public final class PermittedSources {
    /** An object in its store. */
    record Located(ObjectStore store, String key) {}

    private final List<SourceRoot> roots;

    public PermittedSources(List<SourceRoot> roots) {
        this.roots = List.copyOf(roots);
    }

    Located locate(String name) throws BatchRefusedException {
        for (SourceRoot root : roots) {
            if (name.startsWith(root.prefix())) {
                String key = name.substring(root.prefix().length());
                for (String segment : key.split("/", -1)) {
                    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                        throw new BatchRefusedException(
                                "is no plain name: a segment is empty, '.' or '..'");
                    }
                }
                return new Located(root.store(), key);
            }
        }
        throw new BatchRefusedException(
                "is under none of the prefixes that whence.ingest.sources permits");
    }
}
