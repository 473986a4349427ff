package dev.whence.query.access;

import dev.whence.query.version.DatasetNames;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which ids of a version the restricted names are, and who may see them; worked out once for each
 * version that is open. Thread-safe.
 */
final class RestrictedIds {
    private static final Viewers EVERYBODY = new Viewers.Everybody();

    private record Found(DatasetNames names, Map<Integer, Viewers> viewers) {}

    private final Map<String, Viewers.Only> restricted;
    private final Map<DatasetNames, Map<Integer, Viewers>> known =
            Collections.synchronizedMap(new WeakHashMap<>());
    private volatile @Nullable Found last;

    /** Of datasets by name. */
    RestrictedIds(Map<String, Viewers.Only> restricted) {
        this.restricted = restricted;
    }

    /** Who may see each dataset of a version. */
    Map<Integer, Viewers> of(DatasetNames names) {
        Found found = last;
        if (found == null || found.names() != names) {
            found = new Found(names, known.computeIfAbsent(names, this::look));
            last = found;
        }
        return found.viewers();
    }

    private Map<Integer, Viewers> look(DatasetNames names) {
        Map<Integer, Viewers> viewers = HashMap.newHashMap(names.byId().size());
        names.byId()
                .forEach((id, name) -> {
                    Viewers only = restricted.get(name);
                    viewers.put(id, only == null ? EVERYBODY : only);
                });
        return viewers;
    }
}
