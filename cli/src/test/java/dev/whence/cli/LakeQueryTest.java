package dev.whence.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** A location is data: whatever it holds, the code that reads it means that text. */
class LakeQueryTest {
    private static final String HOSTILE = "s3://w/a\"b\\c'd\n); import os #\u001b\u202e";

    @Test
    void aLocationStaysAStringOfPython() {
        assertThat(printed(LakeQuery.SPARK, HOSTILE))
                .isEqualTo("  \"s3a://w/a\\\"b\\\\c'd\\u000a); import os #\\u001b\\u202e\",\n");
    }

    @Test
    void theRootDoes() {
        var out = new StringWriter();
        LakeQuery.SPARK.begin("file:///x\"/urls/", new PrintWriter(out, true));
        assertThat(out.toString())
                .isEqualTo(
                        "rows = spark.read.option(\"basePath\", \"file:///x\\\"/urls/\").parquet(\n");
    }

    @Test
    void aLocationStaysAStringOfSql() {
        assertThat(printed(LakeQuery.DUCKDB, HOSTILE))
                .isEqualTo(
                        "  's3://w/a\"b\\c''d' || chr(10) || '); import os #' || chr(27) || '' || chr(8238) || '',\n");
    }

    private static String printed(LakeQuery query, String location) {
        var out = new StringWriter();
        query.file(location, new PrintWriter(out, true));
        return out.toString();
    }
}
