/**
 * The one seam between what is there and what somebody is told. A view is a version under lease as
 * a principal may see it: every answer, whoever makes it (REST, exports, CDX, the page), gets its
 * datasets, domains, counts, sets and rows from a view and from nowhere else, so that what is
 * hidden or taken down is so in every one of them. No other room may touch the index.
 */
@NullMarked
package dev.whence.query.view;

import org.jspecify.annotations.NullMarked;
