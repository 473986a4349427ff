package dev.whence.cli.lookup;

import dev.whence.cli.print.Visible;
import java.io.PrintWriter;
import java.util.Locale;

/** What a list of answers is printed as. */
public enum LookupFormat {
    TSV {
        @Override
        public LookupRows to(PrintWriter out) {
            return SeparatedRows.tabs(out);
        }
    },

    CSV {
        @Override
        public LookupRows to(PrintWriter out) {
            return SeparatedRows.csv(out);
        }
    },

    /** The server's objects, one a line. */
    NDJSON {
        @Override
        public LookupRows to(PrintWriter out) {
            return (_, told) -> out.println(Visible.of(told.toString()));
        }
    };

    /** Begins to print. */
    public abstract LookupRows to(PrintWriter out);

    /** As the command line has it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
