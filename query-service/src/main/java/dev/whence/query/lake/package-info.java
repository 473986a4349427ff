/**
 * Rows from the lake's files: open a file, find where a domain's run and a host, a prefix or a URL
 * in it lie, and read rows. Footers and places that were found once are kept, since files never
 * change. Knows nothing of versions; who may see which rows is for the view to say.
 */
@NullMarked
package dev.whence.query.lake;

import org.jspecify.annotations.NullMarked;
