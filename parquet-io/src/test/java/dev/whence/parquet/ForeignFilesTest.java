package dev.whence.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.SeekableInputStream;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other writers, read from a store by parquet-java through our input and codecs. */
class ForeignFilesTest {

    @ParameterizedTest
    @CsvSource({
        "UNCOMPRESSED, alltypes_plain.parquet, 8",
        "SNAPPY, alltypes_plain.snappy.parquet, 2",
        "GZIP, concatenated_gzip_members.parquet, 513",
        "LZ4_RAW, lz4_raw_compressed.parquet, 4",
        "LZ4_RAW, lz4_raw_compressed_larger.parquet, 10000"
    })
    void readsTheCodecsThatOthersWrite(CompressionCodecName codec, String file, int rows)
            throws IOException {
        Path files =
                Path.of(
                        System.getProperty("whence.root"),
                        "..",
                        "shared",
                        "conformance",
                        "parquet-testing",
                        "data");
        assumeThat(files).as("the shared Parquet test files").exists();
        try (ObjectStore store = ObjectStores.directory(files);
                ParquetFileReader reader = open(store, file)) {
            assertThat(reader.getFooter().getBlocks().getFirst().getColumns())
                    .anyMatch(column -> column.getCodec() == codec);
            assertThat(records(reader)).hasSize(rows);
        }
    }

    @Test
    void namesACodecThatItCannotRead() {
        assertThatThrownBy(() -> new PageCodecs(3).getDecompressor(CompressionCodecName.LZO))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("LZO");
    }

    @Test
    void streamsReadAnyPartOfAnObject() throws IOException {
        byte[] content = new byte[1_000_000];
        new Random(7).nextBytes(content);
        try (ObjectStore store = ObjectStores.memory()) {
            store.put("foreign/a", ObjectBody.of(content));
            StoreInputFile file = new StoreInputFile(store, "foreign/a", content.length);
            assertThat(file.getLength()).isEqualTo(content.length);
            try (SeekableInputStream in = file.newStream()) {
                for (int from : new int[] {0, 999_999, 10, 300_000, 262_143, 999_992, 5}) {
                    in.seek(from);
                    byte[] part = new byte[Math.min(700_000, content.length - from)];
                    in.readFully(part);
                    assertThat(part)
                            .isEqualTo(Arrays.copyOfRange(content, from, from + part.length));
                    assertThat(in.getPos()).isEqualTo(from + part.length);
                }
                in.seek(content.length);
                assertThat(in.read()).isEqualTo(-1);
            }
        }
    }

    private static ParquetFileReader open(ObjectStore store, String key) throws IOException {
        return ParquetFileReader.open(
                new StoreInputFile(store, key, store.head(key).bytes()),
                ParquetReadOptions.builder(new PlainParquetConfiguration())
                        .withCodecFactory(new PageCodecs(3))
                        .build());
    }

    private static List<Group> records(ParquetFileReader reader) throws IOException {
        MessageType schema = reader.getFileMetaData().getSchema();
        List<Group> records = new ArrayList<>();
        for (PageReadStore pages = reader.readNextRowGroup();
                pages != null;
                pages = reader.readNextRowGroup()) {
            RecordReader<Group> rows =
                    new ColumnIOFactory()
                            .getColumnIO(schema)
                            .getRecordReader(pages, new GroupRecordConverter(schema));
            for (long row = 0; row < pages.getRowCount(); row++) {
                records.add(rows.read());
            }
        }
        return records;
    }
}
