/**
 * One Parquet file, read with care: sizes that a footer claims are checked before they are
 * believed, damage of any kind is an error that names the file, and columns are read one at a time,
 * so that memory follows the largest column chunk and not the file.
 */
@NullMarked
package dev.whence.merge.file;

import org.jspecify.annotations.NullMarked;
