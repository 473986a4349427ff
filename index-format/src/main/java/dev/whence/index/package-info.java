/**
 * The index: a stack of dictionary generations (domain to ordinal) and a stack of segments (what
 * each publish changed), as immutable mapped files in one envelope, and the snapshot that answers
 * from both. See {@code docs/format/}.
 *
 * <p>Where to begin:
 *
 * <ul>
 *   <li>what a file is: {@link Envelope}, {@link MappedFile}, {@link BlockReader}, {@link
 *       IndexFormat};
 *   <li>domains: {@link Dictionary} and {@link SuffixCode}, before it {@link FuseFilter} and {@link
 *       PerfectHash}; written by {@link GenerationWriter}, read by {@link Generation};
 *   <li>who holds them: {@link Members}, {@link DatasetBitmaps}, {@link Tails}; written by {@link
 *       SegmentWriter}, read by {@link Segment};
 *   <li>folds of a stack into one: {@link GenerationFold}, {@link SegmentFold}, {@link
 *       TieredStack};
 *   <li>answers: {@link IndexSnapshot}, {@link DatasetSets}, {@link PrefixPage};
 *   <li>whether it is all as it should be: {@link SnapshotCheck}, {@link MembershipCheck}, {@link
 *       FoldCheck}.
 * </ul>
 */
@NullMarked
package dev.whence.index;

import org.jspecify.annotations.NullMarked;
