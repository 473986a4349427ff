package dev.whence.benchmarks.merge;

import dev.whence.parquet.PageCodecs;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/**
 * A Parquet file of rows as parquet-java writes it by its own defaults, with zstd: every contestant
 * reads such a file with no conversion, statistics and page indexes included.
 */
final class MergeRowFile implements AutoCloseable {
    private static final int ZSTD_LEVEL = 3;
    private static final MessageType SCHEMA =
            MessageTypeParser.parseMessageType(
                    """
                    message url {
                      optional binary domain (STRING);
                      optional binary host (STRING);
                      optional binary path_query (STRING);
                      optional binary scheme (STRING);
                      optional int64 url_id;
                      optional int64 ts (TIMESTAMP(MICROS,true));
                      optional int32 status;
                      optional binary digest (STRING);
                    }
                    """);

    private final ParquetWriter<Group> writer;
    private long rows;

    MergeRowFile(Path file) throws IOException {
        writer =
                ExampleParquetWriter.builder(new LocalOutputFile(file))
                        .withType(SCHEMA)
                        .withConf(new PlainParquetConfiguration())
                        .withCodecFactory(new PageCodecs(ZSTD_LEVEL))
                        .withCompressionCodec(CompressionCodecName.ZSTD)
                        .build();
    }

    void write(MergeRow row) throws IOException {
        var group = new SimpleGroup(SCHEMA);
        group.add(0, row.domain());
        group.add(1, row.host());
        group.add(2, row.pathQuery());
        group.add(3, row.scheme());
        group.add(4, row.urlId());
        group.add(5, row.tsMicros());
        group.add(6, row.status());
        group.add(7, row.digest());
        writer.write(group);
        rows++;
    }

    long rows() {
        return rows;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
