package dev.whence.merge.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.merge.key.KeyBounds.Nulls;
import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyBoundsTest {
    private static final long SEED = Long.getLong("seed", 12);

    @TempDir Path directory;

    @ParameterizedTest
    @CsvSource({
        "alltypes_plain.parquet, 0, 11",
        "alltypes_dictionary.parquet, 0, 11",
        "alltypes_tiny_pages.parquet, 12, 1",
        "binary_truncated_min_max.parquet, 6, 0",
        "byte_array_decimal.parquet, 0, 1",
        "data_index_bloom_encoding_stats.parquet, 1, 0",
        "data_index_bloom_encoding_with_length.parquet, 1, 0",
        "delta_binary_packed.parquet, 66, 0",
        "delta_encoding_optional_column.parquet, 17, 0",
        "fixed_length_byte_array.parquet, 1, 0",
        "fixed_length_decimal.parquet, 0, 1",
        "fixed_length_decimal_legacy.parquet, 0, 1",
        "float16_nonzeros_and_nans.parquet, 1, 0",
        "float16_zeros_and_nans.parquet, 1, 0",
        "floating_orders_nan_count.parquet, 21, 9",
        "int32_decimal.parquet, 0, 1",
        "int64_decimal.parquet, 0, 1",
        "int32_with_null_pages.parquet, 1, 0",
        "int96_from_spark.parquet, 0, 1",
        "nan_in_stats.parquet, 0, 1",
        "single_nan.parquet, 0, 0",
        "nulls.snappy.parquet, 0, 0",
        "sort_columns.parquet, 4, 0",
        "page_v2_empty_compressed.parquet, 0, 0",
        "rle_boolean_encoding.parquet, 1, 0",
        "concatenated_gzip_members.parquet, 1, 0",
    })
    void everyValueOfOtherWritersIsAllowed(String file, int bounded, int unbounded)
            throws IOException {
        Path data =
                Path.of(
                        System.getProperty("whence.root"),
                        "..",
                        "shared",
                        "conformance",
                        "parquet-testing",
                        "data");
        assumeThat(data).as("the shared Parquet test files").exists();
        SoundBounds found = SoundBounds.check(new LocalInputFile(data.resolve(file)));
        assertThat(List.of(found.boundedChunks, found.unboundedChunks))
                .as("chunks with bounds, and without")
                .containsExactly(bounded, unbounded);
    }

    @ParameterizedTest
    @CsvSource({"true, PARQUET_1_0", "true, PARQUET_2_0", "false, PARQUET_2_0"})
    void everyValueOfRandomFilesIsAllowed(boolean dictionary, WriterVersion version)
            throws IOException {
        Random random = new Random(SEED);
        for (int round = 0; round < 2; round++) {
            List<Type> fields = new ArrayList<>();
            for (KeyKind kind : KeyKind.values()) {
                PrimitiveType type = TypedValue.type(kind, random);
                fields.add(
                        Types.optional(type.getPrimitiveTypeName())
                                .length(type.getTypeLength())
                                .as(type.getLogicalTypeAnnotation())
                                .named(kind.name()));
            }
            MessageType schema = new MessageType("m", fields);
            Path file = directory.resolve("random-" + round);
            int width = random.nextInt(1, 300);
            ExampleParquetWriter.Builder writing =
                    ExampleParquetWriter.builder(new LocalOutputFile(file))
                            .withConf(new PlainParquetConfiguration())
                            .withCodecFactory(new PageCodecs(1))
                            .withCompressionCodec(CompressionCodecName.ZSTD)
                            .withType(schema)
                            .withDictionaryEncoding(dictionary)
                            .withWriterVersion(version)
                            .withBloomFilterEnabled(true)
                            .withRowGroupRowCountLimit(400)
                            .withPageRowCountLimit(width);
            try (ParquetWriter<Group> writer = writing.build()) {
                for (int row = 0; row < 600; row++) {
                    writer.write(row(schema, random));
                }
            }
            SoundBounds found = SoundBounds.check(new LocalInputFile(file));
            assertThat(found.values).isEqualTo(600 * schema.getFieldCount());
            assertThat(found.boundedChunks).as("seed %d", SEED).isGreaterThan(10);
            assertThat(found.boundedPages).as("seed %d", SEED).isGreaterThan(20);
            if (!dictionary) {
                assertThat(found.bloomFilters).isGreaterThan(10);
            }
        }
    }

    @Test
    void everyValueOfDuckDbIsAllowed() throws IOException, SQLException {
        Path file = directory.resolve("duck.parquet");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            statement.execute(
                    """
                    COPY (
                        SELECT i::TINYINT AS tiny, (i * 7)::INTEGER AS i32, (i - 50)::BIGINT AS i64,
                            i::UBIGINT + 18446744073709550000::UBIGINT AS u64,
                            i::UINTEGER + 4294967000::UINTEGER AS u32,
                            CASE WHEN mod(i, 7) = 0 THEN 'NaN'::DOUBLE
                                WHEN mod(i, 5) = 0 THEN -0.0 ELSE i / 3.0 END AS d,
                            CASE WHEN i < 20 THEN 'NaN'::FLOAT ELSE i END AS f,
                            (i / 100.0)::DECIMAL(9, 2) AS small, (i / 10.0)::DECIMAL(18, 1) AS wide,
                            (i - 30)::DECIMAL(38, 6) AS huge,
                            repeat(chr(97 + mod(i, 26)::INTEGER), mod(i * 13, 500)::INTEGER) AS s,
                            ('\\xFF\\x00' || i)::VARCHAR::BLOB AS b,
                            mod(i, 2) = 0 AS t, DATE '1969-12-01' + i::INTEGER AS day,
                            TIME '00:00:01' + INTERVAL (i) MINUTE AS time,
                            TIMESTAMP '1969-12-31 23:00:00' + INTERVAL (i) MINUTE AS local,
                            (TIMESTAMP '1969-12-31 23:00:00' + INTERVAL (i) MINUTE)::TIMESTAMPTZ AS moment,
                            (TIMESTAMP '2020-01-01' + INTERVAL (i) SECOND)::TIMESTAMP_NS AS nanos,
                            md5(i::VARCHAR)::UUID AS uuid,
                            CASE WHEN mod(i, 3) = 0 THEN i END AS holes, NULL::INTEGER AS never
                        FROM (SELECT mod(j, 100) AS i FROM range(4000) r(j))
                    ) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 2048)
                    """
                            .formatted(file));
        }
        SoundBounds found = SoundBounds.check(new LocalInputFile(file));
        assertThat(found.boundedChunks).isGreaterThan(15);
        assertThat(found.allNullChunks).isEqualTo(2);
        assertThat(found.bloomFilters).isGreaterThan(3);
    }

    @Test
    void aNaNMayHideInAnyFloatingChunkUnlessItsCountSaysNo() {
        KeyColumn column = column(PrimitiveTypeName.DOUBLE);
        KeyBounds uncounted = KeyBounds.ofChunk(column, doubles(column, 1.0, 2.0), 5);
        assertThat(uncounted.isBounded()).isTrue();
        assertThat(ranges(column, "NaN").mayIntersect(uncounted)).isTrue();
        Statistics<?> counted = reading(column, 1.0, 2.0).withNanCount(0).build();
        assertThat(ranges(column, "NaN").mayIntersect(KeyBounds.ofChunk(column, counted, 5)))
                .isFalse();
        assertThat(ranges(column, "NaN").mayIntersect(KeyBounds.unknown(column))).isTrue();
    }

    @Test
    void boundsThatHoldANaNOrContradictThemselvesAreUnknown() {
        KeyColumn column = column(PrimitiveTypeName.DOUBLE);
        assertThat(KeyBounds.ofChunk(column, doubles(column, 1.0, Double.NaN), 5).isBounded())
                .isFalse();
        assertThat(KeyBounds.ofChunk(column, doubles(column, Double.NaN, 1.0), 5).isBounded())
                .isFalse();
        assertThat(KeyBounds.ofChunk(column, doubles(column, 2.0, 1.0), 5).isBounded()).isFalse();
        assertThat(KeyBounds.ofChunk(column, null, 5).isBounded()).isFalse();
        assertThat(KeyBounds.ofChunk(column, null, 5).nulls()).isEqualTo(Nulls.UNKNOWN);
    }

    @Test
    void zeroBoundsHoldBothZeros() {
        KeyColumn column = column(PrimitiveTypeName.DOUBLE);
        KeyBounds positive = KeyBounds.ofChunk(column, doubles(column, 0.0, 0.0), 5);
        assertThat(ranges(column, "-0.0").mayIntersect(positive)).isTrue();
        KeyBounds negative = KeyBounds.ofChunk(column, doubles(column, -0.0, -0.0), 5);
        assertThat(ranges(column, "0.0").mayIntersect(negative)).isTrue();
        assertThat(ranges(column, "0.1", "-0.1").mayIntersect(negative)).isFalse();
    }

    @Test
    void nullsAreCountedOrUnknown() {
        KeyColumn column = column(PrimitiveTypeName.INT32);
        Statistics<?> statistics = Statistics.getBuilderForReading(column.type()).build();
        assertThat(KeyBounds.ofChunk(column, statistics, 5).nulls()).isEqualTo(Nulls.UNKNOWN);
        statistics.setNumNulls(5);
        KeyBounds all = KeyBounds.ofChunk(column, statistics, 5);
        assertThat(all.nulls()).isEqualTo(Nulls.ALL);
        assertThat(ranges(column, "1").mayIntersect(all)).isFalse();
        assertThat(ranges(column, (String) null).mayIntersect(all)).isTrue();
        statistics.setNumNulls(6);
        assertThat(KeyBounds.ofChunk(column, statistics, 5).nulls()).isEqualTo(Nulls.UNKNOWN);
        statistics.setNumNulls(0);
        KeyBounds none = KeyBounds.ofChunk(column, statistics, 5);
        assertThat(none.nulls()).isEqualTo(Nulls.NONE);
        assertThat(ranges(column, (String) null).mayIntersect(none)).isFalse();
    }

    @Test
    void int96HasNoOrder() {
        KeyColumn column = column(PrimitiveTypeName.INT96);
        Statistics<?> statistics =
                Statistics.getBuilderForReading(column.type())
                        .withMin(new byte[12])
                        .withMax(new byte[12])
                        .withNumNulls(0)
                        .build();
        assertThat(KeyBounds.ofChunk(column, statistics, 5).isBounded()).isFalse();
    }

    @Test
    void shortenedBoundsHoldWhatTheyWereShortenedFrom() {
        KeyColumn column = column(PrimitiveTypeName.BINARY);
        Statistics<?> statistics =
                Statistics.getBuilderForReading(column.type())
                        .withMin("exam".getBytes(StandardCharsets.UTF_8))
                        .withMax("exan".getBytes(StandardCharsets.UTF_8))
                        .withNumNulls(0)
                        .build();
        KeyBounds bounds = KeyBounds.ofChunk(column, statistics, 5);
        assertThat(ranges(column, "example.org").mayIntersect(bounds)).isTrue();
        assertThat(ranges(column, "exan.org", "exa").mayIntersect(bounds)).isFalse();
    }

    @Test
    void aPartitionIsOneValue() {
        KeyColumn column = column(PrimitiveTypeName.INT32);
        KeyBounds seven = KeyBounds.ofPartition(column, "07");
        assertThat(ranges(column, "7").mayIntersect(seven)).isTrue();
        assertThat(ranges(column, "6", "8", null).mayIntersect(seven)).isFalse();
        assertThat(ranges(column, "6", null).mayIntersect(KeyBounds.ofPartition(column, null)))
                .isTrue();
    }

    static KeyRanges ranges(KeyColumn column, String... texts) {
        KeyRanges ranges = new KeyRanges(column.kind(), 1 << 20);
        for (String text : texts) {
            byte[] value = KeyColumnTest.text(column, text);
            ranges.add(value, 0, value.length);
        }
        return ranges.close();
    }

    private static KeyColumn column(PrimitiveTypeName type) {
        return KeyColumnTest.column(Types.optional(type).named("k"));
    }

    private static Statistics<?> doubles(KeyColumn column, double min, double max) {
        return reading(column, min, max).build();
    }

    private static Statistics.Builder reading(KeyColumn column, double min, double max) {
        return Statistics.getBuilderForReading(column.type())
                .withMin(BytesUtils.longToBytes(Double.doubleToLongBits(min)))
                .withMax(BytesUtils.longToBytes(Double.doubleToLongBits(max)))
                .withNumNulls(0);
    }

    private static Group row(MessageType schema, Random random) {
        Group row = new SimpleGroup(schema);
        for (KeyKind kind : KeyKind.values()) {
            int field = kind.ordinal();
            PrimitiveType type = schema.getType(field).asPrimitiveType();
            TypedValue value = TypedValue.random(type, random);
            switch (value.raw()) {
                case null -> {}
                case Integer number -> row.add(field, number);
                case Long number -> row.add(field, number);
                case Float number -> row.add(field, number);
                case Double number -> row.add(field, number);
                case Boolean truth -> row.add(field, truth);
                case Binary bytes -> row.add(field, bytes);
                default -> throw new IllegalStateException(value.toString());
            }
        }
        return row;
    }
}
