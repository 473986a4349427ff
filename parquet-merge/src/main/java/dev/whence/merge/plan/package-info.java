/**
 * Decides what a merge touches. Each file of the target goes through the same steps, each cheaper
 * than the next one: its place, its row groups' statistics, bloom filters, column indexes, and at
 * last the key columns of the pages that are left. A step may only rule out what it can prove; an
 * error, a missing or doubtful statistic and a time limit all leave the row group to the next step.
 */
@NullMarked
package dev.whence.merge.plan;

import org.jspecify.annotations.NullMarked;
