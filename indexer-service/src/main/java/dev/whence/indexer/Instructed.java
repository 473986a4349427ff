package dev.whence.indexer;

import dev.whence.catalog.Operations;
import java.util.Map;

/**
 * What a version does because it was asked to.
 *
 * @param intakes of the datasets that are concerned, in the place of any other
 */
record Instructed(Operations operations, Map<Integer, Intake> intakes) {}
