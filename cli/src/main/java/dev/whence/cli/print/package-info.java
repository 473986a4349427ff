/**
 * How answers look: columns for people, within the width of their terminal, and no character that a
 * terminal would obey. A URL of a list that anybody may have made, or a server that anybody may
 * have set up, writes what stands here, so everything that was not written by this program goes
 * through {@link dev.whence.cli.print.Visible}.
 */
@NullMarked
package dev.whence.cli.print;

import org.jspecify.annotations.NullMarked;
