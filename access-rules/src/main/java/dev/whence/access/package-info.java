/**
 * Who may see which dataset, by which keys, and which URLs are taken down: a chain of whole states
 * in the store, each put if absent, each with who made it and why. This room says what the rules
 * are and which rows a takedown names; it hides nothing itself. Answers, ingest and compaction do,
 * each by following the chain.
 */
@NullMarked
package dev.whence.access;

import org.jspecify.annotations.NullMarked;
