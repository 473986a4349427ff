package dev.whence.merge;

import dev.whence.parquet.PageCodecs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.schema.MessageType;

/** Files by parquet-java, in memory, with everything random that a writer may choose. */
final class ParquetFiles {
    private static final List<CompressionCodecName> CODECS =
            List.of(
                    CompressionCodecName.UNCOMPRESSED,
                    CompressionCodecName.SNAPPY,
                    CompressionCodecName.GZIP,
                    CompressionCodecName.ZSTD);

    private ParquetFiles() {}

    static byte[] write(MessageType schema, List<Group> rows, Random random) throws IOException {
        return write(schema, rows, building -> varied(building, random));
    }

    private static ExampleParquetWriter.Builder varied(
            ExampleParquetWriter.Builder building, Random random) {
        return building.withCompressionCodec(CODECS.get(random.nextInt(CODECS.size())))
                .withWriterVersion(
                        random.nextBoolean()
                                ? WriterVersion.PARQUET_1_0
                                : WriterVersion.PARQUET_2_0)
                .withDictionaryEncoding(random.nextBoolean())
                .withBloomFilterEnabled(random.nextInt(3) == 0)
                .withMaxBloomFilterBytes(2_048)
                .withDictionaryPageSize(random.nextInt(200, 20_000))
                .withStatisticsEnabled(random.nextInt(5) > 0)
                .withPageWriteChecksumEnabled(random.nextBoolean())
                .withRowGroupRowCountLimit(random.nextInt(5, 200))
                .withPageRowCountLimit(random.nextInt(1, 50))
                .withColumnIndexTruncateLength(random.nextInt(1, 20))
                .withStatisticsTruncateLength(random.nextBoolean() ? 3 : 1_000);
    }

    /** A file whose writer is set as the operator says. */
    static byte[] write(
            MessageType schema,
            List<Group> rows,
            UnaryOperator<ExampleParquetWriter.Builder> settings)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ExampleParquetWriter.Builder building =
                settings.apply(
                        ExampleParquetWriter.builder(new Memory(bytes))
                                .withConf(new PlainParquetConfiguration())
                                .withCodecFactory(new PageCodecs(1))
                                .withType(schema));
        try (ParquetWriter<Group> writer = building.build()) {
            for (Group row : rows) {
                writer.write(row);
            }
        }
        return bytes.toByteArray();
    }

    private record Memory(ByteArrayOutputStream bytes) implements OutputFile {
        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return createOrOverwrite(blockSizeHint);
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return bytes.size();
                }

                @Override
                public void write(int value) {
                    bytes.write(value);
                }

                @Override
                public void write(byte[] from, int offset, int length) {
                    bytes.write(from, offset, length);
                }
            };
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
