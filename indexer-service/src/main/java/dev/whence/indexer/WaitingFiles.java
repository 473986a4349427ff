package dev.whence.indexer;

import dev.whence.catalog.DatasetTable;
import dev.whence.catalog.LandingFile;
import dev.whence.lake.CorruptUrlFileException;
import dev.whence.lake.UrlFile;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of batches that a version has taken note of and that did not act yet: those of queues,
 * and of sources that are not whole. No answer shows them, but they are objects that it names.
 */
final class WaitingFiles {
    private static final System.Logger LOG = System.getLogger(WaitingFiles.class.getName());

    private WaitingFiles() {}

    /** Those of a version with such a table. */
    static Stream<LandingFile> of(DatasetTable table) {
        return Stream.concat(
                table.queued().stream()
                        .flatMap(queue -> queue.steps().stream())
                        .flatMap(step -> step.sources().stream()),
                table.waitingParts().stream().flatMap(part -> part.merge().sources().stream()));
    }

    /**
     * Whether one that begins to wait holds a row that is taken down. One that was waiting before
     * was looked through when it began, or is found by the look for what was taken down since.
     *
     * @param before the table of the version before
     * @param next the table of the version that is made
     */
    static boolean bringTakenDown(
            DatasetTable before, DatasetTable next, TakenDownRows takenDown, ObjectStore store)
            throws IOException {
        if (takenDown.domains().isEmpty()) {
            return false;
        }
        Set<String> known = of(before).map(LandingFile::key).collect(Collectors.toSet());
        List<LandingFile> begin = of(next).filter(file -> !known.contains(file.key())).toList();
        for (LandingFile file : begin) {
            if (mayHold(file, takenDown, store)) {
                return true;
            }
        }
        return false;
    }

    /**
     * A file that is gone or damaged is its own queue's problem, and holds up no publish: nothing
     * good is assumed of it.
     */
    private static boolean mayHold(LandingFile file, TakenDownRows takenDown, ObjectStore store)
            throws IOException {
        try {
            return hold(file, takenDown, store);
        } catch (ObjectNotFoundException | CorruptUrlFileException e) {
            LOG.log(
                    Level.WARNING,
                    "A file that waits cannot be looked through for what is taken down: {0}",
                    e.getMessage());
            return true;
        }
    }

    /** Whether a file holds a row that is taken down. */
    static boolean hold(LandingFile file, TakenDownRows takenDown, ObjectStore store)
            throws IOException {
        NavigableSet<String> domains = takenDown.between(file.firstDomain(), file.lastDomain());
        return !domains.isEmpty()
                && !takenDown.in(UrlFile.open(store, file.key(), file.bytes()), domains).isEmpty();
    }
}
