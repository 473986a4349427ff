package dev.whence.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whence.parquet.FooterSeal;
import dev.whence.parquet.PageCodecs;
import dev.whence.parquet.StoreInputFile;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import dev.whence.url.CanonicalUrl;
import dev.whence.url.UrlProfile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file as other programs see it: parquet-java's own reader, and DuckDB. */
class UrlFileFormatTest {
    @TempDir Path directory;

    @Test
    void encodingsAreThoseOfTheFormat() throws IOException {
        write(rows(60_000), "a.parquet");
        Map<String, String> encodings = new TreeMap<>();
        try (ParquetFileReader reader = open("a.parquet")) {
            assertThat(reader.getFooter().getBlocks()).hasSizeGreaterThan(1);
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (ColumnChunkMetaData chunk : block.getColumns()) {
                    String column = chunk.getPath().toDotString();
                    String data =
                            chunk.getEncodingStats().getDataEncodings().stream()
                                    .map(Encoding::name)
                                    .sorted()
                                    .collect(Collectors.joining(" "));
                    assertThat(encodings.merge(column, data, (a, b) -> b)).isEqualTo(data);
                    assertThat(chunk.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
                    assertThat(reader.readColumnIndex(chunk)).as(column).isNotNull();
                    assertThat(reader.readOffsetIndex(chunk)).as(column).isNotNull();
                    assertThat(chunk.getBloomFilterOffset() >= 0)
                            .isEqualTo(column.equals("url_id"));
                }
            }
        }
        assertThat(encodings)
                .isEqualTo(
                        Map.of(
                                "domain_id", "RLE_DICTIONARY",
                                "url_id", "PLAIN",
                                "scheme", "RLE_DICTIONARY",
                                "host", "RLE_DICTIONARY",
                                "domain", "RLE_DICTIONARY",
                                "path_query", "DELTA_BYTE_ARRAY",
                                "ts", "PLAIN",
                                "extras.key_value.key", "DELTA_BYTE_ARRAY",
                                "extras.key_value.value", "DELTA_BYTE_ARRAY"));
    }

    @Test
    void pagesHoldNoMoreRowsThanAsked() throws IOException {
        write(rows(20_000), "a.parquet");
        try (ParquetFileReader reader = open("a.parquet")) {
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                for (ColumnChunkMetaData chunk : block.getColumns()) {
                    var offsets = reader.readOffsetIndex(chunk);
                    for (int page = 0; page < offsets.getPageCount(); page++) {
                        long last = offsets.getLastRowIndex(page, block.getRowCount());
                        assertThat(last - offsets.getFirstRowIndex(page) + 1)
                                .isLessThanOrEqualTo(500);
                    }
                }
            }
        }
    }

    @Test
    void bloomFiltersHoldEveryUrlIdAndFewOthers() throws IOException {
        List<UrlRow> rows = rows(20_000);
        write(rows, "a.parquet");
        try (ParquetFileReader reader = open("a.parquet")) {
            int row = 0;
            for (BlockMetaData block : reader.getFooter().getBlocks()) {
                ColumnChunkMetaData urlIds = block.getColumns().get(1);
                var filter = reader.readBloomFilter(urlIds);
                for (int i = 0; i < block.getRowCount(); i++, row++) {
                    assertThat(filter.findHash(filter.hash(rows.get(row).urlId()))).isTrue();
                }
                int wrong = 0;
                for (long other = 0; other < 10_000; other++) {
                    wrong += filter.findHash(filter.hash(other)) ? 1 : 0;
                }
                assertThat(wrong).isLessThan(300);
            }
        }
    }

    @Test
    void footerTellsOrderAndProfile() throws IOException {
        write(rows(2_000), "a.parquet");
        byte[] file = Files.readAllBytes(directory.resolve("a.parquet"));
        int end = file.length - FooterSeal.TRAILER_BYTES;
        int length = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
        FileMetaData footer =
                Util.readFileMetaData(new ByteArrayInputStream(file, end - length, length));
        assertThat(footer.getRow_groups().getFirst().getSorting_columns())
                .extracting(column -> footer.getSchema().get(column.getColumn_idx() + 1).getName())
                .containsExactly("domain", "host", "path_query", "scheme");
        UrlProfile profile = UrlProfile.current();
        assertThat(footer.getKey_value_metadata())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .contains(
                        "whence.url-profile=" + profile.number(),
                        "whence.suffix-list=" + profile.suffixListDate());
    }

    @Test
    void duckDbReadsTheHiveLayoutAndCountsTheSame() throws IOException, SQLException {
        List<UrlRow> rows = rows(30_000);
        Path root = directory.resolve("lake");
        int half = rows.size() / 2;
        String first = LakeLayout.landingFile(7, "topic", 0, 0, "01");
        String second = LakeLayout.part(8, "ab", 1, "02");
        for (String key : List.of(first, second)) {
            Files.createDirectories(root.resolve(key).getParent());
        }
        write(rows.subList(0, half), "lake/" + first);
        write(rows.subList(half, rows.size()), "lake/" + second);

        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement()) {
            String files =
                    "read_parquet('" + root + "/urls/*/*/*.parquet', hive_partitioning=true)";
            assertThat(query(statement, "SELECT count(*) FROM " + files + " WHERE dataset_id = 7"))
                    .isEqualTo(half);
            assertThat(query(statement, "SELECT count(DISTINCT url_id) FROM " + files))
                    .isEqualTo(rows.stream().map(UrlRow::urlId).distinct().count());
            assertThat(query(statement, "SELECT count(ts) FROM " + files))
                    .isEqualTo(rows.stream().filter(r -> r.tsMicros() != UrlRow.NO_TS).count());
            assertThat(query(statement, "SELECT sum(cardinality(extras)) FROM " + files))
                    .isEqualTo(rows.stream().mapToInt(r -> r.extras().size()).sum());
            assertThat(
                            query(
                                    statement,
                                    "SELECT sum(length(scheme || '://' || host || path_query))"
                                            + " FROM "
                                            + files))
                    .isEqualTo(rows.stream().mapToInt(r -> r.url().length()).sum());
            Map<String, Long> counts =
                    rows.stream()
                            .collect(Collectors.groupingBy(UrlRow::domain, Collectors.counting()));
            try (ResultSet found =
                    statement.executeQuery(
                            "SELECT domain, count(*) FROM " + files + " GROUP BY domain")) {
                int domains = 0;
                for (; found.next(); domains++) {
                    assertThat(found.getLong(2)).isEqualTo(counts.get(found.getString(1)));
                }
                assertThat(domains).isEqualTo(counts.size());
            }
        }
    }

    @Test
    void duckDbReadsEveryColumnOfRowsWithoutTimesAndExtras() throws Exception {
        List<UrlRow> bare = rows(5_000).stream().map(UrlFileFormatTest::bare).toList();
        write(bare, "bare.parquet");
        try (Connection duckDb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckDb.createStatement();
                ResultSet found =
                        statement.executeQuery(
                                "SELECT * FROM '" + directory.resolve("bare.parquet") + "'")) {
            for (UrlRow row : bare) {
                assertThat(found.next()).isTrue();
                assertThat(found.getString("path_query")).isEqualTo(row.pathQuery());
                assertThat(found.getObject("ts")).isNull();
                assertThat(found.getObject("extras")).isNull();
            }
            assertThat(found.next()).isFalse();
        }
    }

    private static UrlRow bare(UrlRow row) {
        return UrlRow.of(
                new CanonicalUrl(row.scheme(), row.host(), row.pathQuery(), row.domain()),
                UrlRow.NO_TS,
                Map.of());
    }

    private static long query(Statement statement, String sql) throws SQLException {
        try (ResultSet result = statement.executeQuery(sql)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static List<UrlRow> rows(int count) {
        return RandomRows.sorted(RandomRows.random(RandomRows.seed()), count);
    }

    private ParquetFileReader open(String key) throws IOException {
        ObjectStore store = ObjectStores.directory(directory);
        return ParquetFileReader.open(
                new StoreInputFile(store, key, store.head(key).bytes()),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageCodecs(3))
                        .usePageChecksumVerification(true)
                        .build());
    }

    private void write(List<UrlRow> rows, String key) throws IOException {
        UrlFileOptions options = new UrlFileOptions(3, 500, 1 << 20, true);
        try (UrlFileWriter writer = new UrlFileWriter(directory.resolve(key), options)) {
            for (UrlRow row : rows) {
                writer.write(row);
            }
            writer.finish();
        }
    }
}
