/**
 * From committed landing files to index versions: plan → build → check → publish → retire. This
 * package knows the store, the catalog, the lake and how it is rewritten, the index and the access
 * rules, and nothing of the framework that runs it; one publish reads only what is new and, for
 * {@code insert}, what must be compared with it. Any number of indexers may run at once, and each
 * may die at any moment: the put of the next version is the only thing that counts.
 *
 * <p>Where to begin: {@link Indexer} tells it in order.
 *
 * <ul>
 *   <li>plan: {@link Planner}, {@link Plan};
 *   <li>build: {@link IndexBuilder}, with an {@link Intake} for each dataset, {@link Instructions}
 *       of people, and what is uploaded in a {@link Workspace};
 *   <li>check and publish: {@link Checker}, {@link Publisher};
 *   <li>beside it, each made by threads of its own and taken in by the next version ({@link
 *       ReadyItem}): {@link Compactor}, {@link StackFolds}, {@link QueueRuns}, {@link FilePurge};
 *   <li>afterwards: {@link Housekeeping}, {@link OrphanSweep}.
 * </ul>
 */
@NullMarked
package dev.whence.indexer;

import org.jspecify.annotations.NullMarked;
