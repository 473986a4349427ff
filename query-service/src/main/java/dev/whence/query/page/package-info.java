/**
 * The questions as pages for people. A resource takes what a link or a form asks, gets the answer
 * from a view as the REST calls do, and makes a record of it, which is its template of the same
 * name, too; whatever goes wrong becomes a page with the status that the call would have. All of it
 * works by links and forms alone; the script only makes it quicker. Texts from outside get into a
 * page through Qute, which escapes them, and through {@link dev.whence.query.page.Texts}, which
 * shows what would not be seen.
 */
@NullMarked
package dev.whence.query.page;

import org.jspecify.annotations.NullMarked;
