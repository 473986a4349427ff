package dev.whence.benchmarks.spark;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * What Spark lets one choose of Parquet, by chance.
 *
 * @param ofTable seed of what all files of a table have: types
 * @param ofFile seed of the rest
 */
record WriterChoice(long ofTable, long ofFile) {
    private static final List<String> TIMESTAMPS =
            List.of("INT96", "TIMESTAMP_MICROS", "TIMESTAMP_MILLIS");
    private static final List<String> CODECS = List.of("none", "gzip", "snappy", "zstd", "lz4_raw");

    DataFrameWriter<Row> writer(SparkSession spark, Dataset<Row> rows) {
        var table = new Random(ofTable);
        String timestamps = TIMESTAMPS.get(table.nextInt(TIMESTAMPS.size()));
        boolean legacy = table.nextInt(3) == 0 && !hasCollection(rows.schema());
        spark.conf().set("spark.sql.parquet.outputTimestampType", timestamps);
        // Decimals of every width in fixed bytes. Lists and maps would get other names.
        spark.conf().set("spark.sql.parquet.writeLegacyFormat", legacy);
        var random = new Random(ofFile);
        return rows.write()
                .format("parquet")
                .option("compression", CODECS.get(random.nextInt(CODECS.size())))
                .option("parquet.writer.version", random.nextBoolean() ? "v1" : "v2")
                .option("parquet.enable.dictionary", random.nextBoolean())
                .option("parquet.dictionary.page.size", random.nextInt(200, 20_000))
                .option("parquet.bloom.filter.enabled", random.nextInt(3) == 0)
                .option("parquet.bloom.filter.max.bytes", 2_048)
                .option("parquet.column.statistics.enabled", random.nextInt(5) > 0)
                .option("parquet.block.row.count.limit", random.nextInt(5, 200))
                .option("parquet.page.row.count.limit", random.nextInt(1, 50))
                .option("parquet.columnindex.truncate.length", random.nextInt(1, 20))
                .option("parquet.page.write-checksum.enabled", random.nextBoolean());
    }

    private static boolean hasCollection(DataType type) {
        return switch (type) {
            case ArrayType _, MapType _ -> true;
            case StructType struct ->
                    Stream.of(struct.fields())
                            .map(StructField::dataType)
                            .anyMatch(WriterChoice::hasCollection);
            default -> false;
        };
    }
}
