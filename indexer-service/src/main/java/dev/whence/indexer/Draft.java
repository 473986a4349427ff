package dev.whence.indexer;

import dev.whence.catalog.Version;
import java.util.List;

/**
 * A version that is built and uploaded, and that nobody sees yet.
 *
 * @param ready what was made beside the publishing, and stands in it
 * @param change what it changes in the index
 * @param intakes what it took into each dataset
 * @param workspace its objects, to be dropped if it is not published
 * @param foldsAtOnce folds that it had to do itself
 */
record Draft(
        Plan plan,
        Ready ready,
        Version version,
        IndexChange change,
        List<Intake> intakes,
        Workspace workspace,
        int foldsAtOnce) {}
