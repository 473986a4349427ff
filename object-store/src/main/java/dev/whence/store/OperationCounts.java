package dev.whence.store;

/**
 * How often a store was asked one thing.
 *
 * @param calls all of them
 * @param failures those that got no answer, or were refused; that there is no such object, or not
 *     so much of it, is an answer
 * @param nanos from the question to the answer, summed; of a stream, to its beginning
 */
public record OperationCounts(long calls, long failures, long nanos) {}
