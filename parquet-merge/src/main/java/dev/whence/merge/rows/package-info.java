/**
 * Rows on their way. A row of any schema, nested or not, is for each leaf column a short list of
 * values with their repetition and definition levels (Dremel's form), so that rows are taken apart,
 * kept on scratch disk and written again column by column, and no record is ever put together.
 */
@NullMarked
package dev.whence.merge.rows;

import org.jspecify.annotations.NullMarked;
