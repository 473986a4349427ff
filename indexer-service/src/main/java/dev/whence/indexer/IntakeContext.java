package dev.whence.indexer;

import dev.whence.merge.Progress;
import dev.whence.store.ObjectStore;

/**
 * What an intake works with.
 *
 * @param staging where its files go
 * @param budget what its merges may take
 * @param rules what they take down is left out of all that is taken in
 * @param progress told how far a merge is; may throw to give it up
 */
record IntakeContext(
        ObjectStore store,
        Comparison comparison,
        LakeStaging staging,
        MergeBudget budget,
        RulesInForce rules,
        Progress progress) {}
