/**
 * Deletes what old versions left in the store, without the indexer, and by its rules: what is due,
 * and what is named after all, is the catalog's to say. A second pair of eyes, which tells when the
 * indexer does not delete what it should, and a second pair of hands, which does no harm beside it.
 */
@NullMarked
package dev.whence.cli.retire;

import org.jspecify.annotations.NullMarked;
