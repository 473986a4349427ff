package dev.whence.cli;

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
            out.println("  '" + location.replace("'", "''") + "',");
        }

        @Override
        void end(PrintWriter out) {
            out.println("], hive_partitioning = true, union_by_name = true);");
        }
    },

    SPARK {
        @Override
        void begin(String root, PrintWriter out) {
            out.println("rows = spark.read.option(\"basePath\", \"" + s3a(root) + "\").parquet(");
        }

        @Override
        void file(String location, PrintWriter out) {
            out.println("  \"" + s3a(location) + "\",");
        }

        @Override
        void end(PrintWriter out) {
            out.println(")");
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
