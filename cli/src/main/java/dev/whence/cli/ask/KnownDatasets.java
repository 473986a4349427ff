package dev.whence.cli.ask;

import com.fasterxml.jackson.databind.JsonNode;
import dev.whence.cli.place.Failure;
import dev.whence.cli.place.Question;
import dev.whence.cli.place.Server;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The datasets of a version by what people call them. */
public final class KnownDatasets {
    private final Map<String, Long> idsByName = new HashMap<>();
    private final Map<Long, String> namesById = new HashMap<>();

    private KnownDatasets() {}

    /**
     * Asks for all of them.
     *
     * @param version null for the newest
     */
    public static KnownDatasets of(Server server, @Nullable Long version) throws Failure {
        var known = new KnownDatasets();
        String path = new Question("/v1/datasets").with("version", version).toString();
        for (JsonNode dataset : server.get(path).items("datasets")) {
            long id = dataset.path("dataset_id").asLong();
            String name = dataset.path("name").asText();
            known.idsByName.put(name, id);
            known.namesById.put(id, name);
        }
        return known;
    }

    /** The id of what a person called a dataset: its name, or its id where none has that name. */
    public long id(String called) throws Failure {
        Long id = idsByName.get(called);
        if (id != null) {
            return id;
        }
        if (called.matches("[0-9]{1,10}") && namesById.containsKey(Long.parseLong(called))) {
            return Long.parseLong(called);
        }
        throw Failure.of(
                "there is no dataset '" + called + "'; `whence datasets` lists them", null);
    }

    /** The name of an id that is known. */
    public String name(long id) {
        return namesById.getOrDefault(id, Long.toString(id));
    }
}
