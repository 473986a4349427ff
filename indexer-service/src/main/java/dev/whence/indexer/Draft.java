package dev.whence.indexer;

import dev.whence.catalog.Version;
import java.util.List;

/**
 * A version that is built and uploaded, and that nobody sees yet.
 *
 * @param change what it changes in the index
 * @param intakes what it took into each dataset
 * @param workspace its objects, to be dropped if it is not published
 */
record Draft(
        Plan plan, Version version, IndexChange change, List<Intake> intakes, Workspace workspace) {

    int folds() {
        return (int) (plan.generationFold().stream().count() + plan.segmentFold().stream().count());
    }
}
