package dev.whence.cli;

import dev.whence.cli.print.Visible;
import java.io.PrintWriter;

/** A read of exactly the files that are listed, in the words of an engine. */
enum LakeQuery {
    DUCKDB {
        @Override
        void begin(String root, PrintWriter out) {
            out.println("SELECT * FROM read_parquet([");
        }

        @Override
        void file(String location, PrintWriter out) {
            out.println("  " + quoted(location) + ",");
        }

        @Override
        void end(PrintWriter out) {
            out.println("], hive_partitioning = true, union_by_name = true);");
        }

        // Of SQL: no character but the quote is special, and what cannot be shown is computed.
        private static String quoted(String location) {
            var text = new StringBuilder("'");
            location.codePoints()
                    .forEach(point -> {
                        String one = Character.toString(point);
                        if (Visible.of(one).equals(one)) {
                            text.append(one.replace("'", "''"));
                        } else {
                            text.append("' || chr(").append(point).append(") || '");
                        }
                    });
            return text.append('\'').toString();
        }
    },

    SPARK {
        @Override
        void begin(String root, PrintWriter out) {
            out.println("rows = spark.read.option(\"basePath\", " + quoted(root) + ").parquet(");
        }

        @Override
        void file(String location, PrintWriter out) {
            out.println("  " + quoted(location) + ",");
        }

        @Override
        void end(PrintWriter out) {
            out.println(")");
        }

        // Of Python, to which what cannot be shown means the same as to us.
        private static String quoted(String location) {
            String text = s3a(location).replace("\\", "\\\\").replace("\"", "\\\"");
            return "\"" + Visible.of(text) + "\"";
        }

        // Hadoop knows S3 by this name.
        private static String s3a(String location) {
            return location.replaceFirst("^s3://", "s3a://");
        }
    };

    /**
     * @param root above the first partition folder
     */
    abstract void begin(String root, PrintWriter out);

    abstract void file(String location, PrintWriter out);

    abstract void end(PrintWriter out);

    /** As the command line has it. */
    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
