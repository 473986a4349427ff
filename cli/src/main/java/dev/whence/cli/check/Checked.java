package dev.whence.cli.check;

/**
 * What was read of a version.
 *
 * @param pairs counts of a domain in a dataset that were compared
 * @param rows of the files that were read
 */
public record Checked(long version, long blocks, long domains, long pairs, long files, long rows) {}
