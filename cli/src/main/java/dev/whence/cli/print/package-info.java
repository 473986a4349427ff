/**
 * How answers look: columns for people, within the width of their terminal, and no character that a
 * terminal would obey. A URL of a list that anybody may have made, or a server that anybody may
 * have set up, writes what stands here, so everything that is printed goes through {@link
 * dev.whence.cli.print.VisibleWriter}, and what has to stay on one line through {@link
 * dev.whence.cli.print.Visible} before.
 */
@NullMarked
package dev.whence.cli.print;

import org.jspecify.annotations.NullMarked;
