/**
 * What access rules mean for one question: the chain of rules is followed, whoever asks is known by
 * his key, and what he may see becomes the sight through which every answer looks. Rules that
 * cannot be read stay in force until they are too old to be trusted; then nothing is told.
 */
@NullMarked
package dev.whence.query.access;

import org.jspecify.annotations.NullMarked;
