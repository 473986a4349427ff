/**
 * What production does to Whence, done to it on purpose: processes are killed and stopped, networks
 * cut, stores made slow, full and untrue, while batches come in and questions are asked. {@link
 * dev.whence.faults.Stage} is the system with all its ways laid through {@link
 * dev.whence.faults.FaultyLink}s, and one {@link dev.whence.faults.Judge} says of every fault alike
 * if the promises held. {@code docs/reliability.md} tables what came of it.
 */
package dev.whence.faults;
