package dev.whence.ingest;

import dev.whence.catalog.Effect;
import dev.whence.catalog.LandingFile;
import dev.whence.catalog.LoggedMerge;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The files of a flush as its entry names them: those that are added, and between them the merges
 * with their sources.
 */
record EntryFiles(List<LandingFile> added, List<LoggedMerge> merges) {

    /**
     * Puts what was written in the order in which it takes effect.
     *
     * @param groups of the flush; one without a file may still do something to its dataset
     * @param written of each group in its order
     * @param datasetIds of the groups' datasets
     */
    static EntryFiles of(
            List<Flush.Group> groups,
            List<Flush.GroupFile> written,
            Map<String, Integer> datasetIds) {
        var added = new ArrayList<LandingFile>();
        var merges = new ArrayList<LoggedMerge>();
        for (int number = 0; number < groups.size(); number++) {
            int group = number;
            Effect effect = groups.get(group).effect();
            List<LandingFile> files =
                    written.stream()
                            .filter(one -> one.group() == group)
                            .map(Flush.GroupFile::file)
                            .toList();
            if (effect.strategy().onlyAdds()) {
                added.addAll(files);
            } else if (!files.isEmpty() || !effect.canBeJoined()) {
                int id = Objects.requireNonNull(datasetIds.get(groups.get(group).dataset()));
                merges.add(new LoggedMerge(id, effect, added.size(), files));
            }
        }
        return new EntryFiles(added, merges);
    }
}
