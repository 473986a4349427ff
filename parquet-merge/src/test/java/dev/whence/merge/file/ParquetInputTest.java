package dev.whence.merge.file;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.merge.DataFile;
import dev.whence.merge.UnreadableFileException;
import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Type;
import org.apache.parquet.format.Util;
import org.junit.jupiter.api.Test;

class ParquetInputTest {

    @Test
    void aSchemaWithoutBottomIsAClearError() throws IOException {
        List<SchemaElement> schema = new ArrayList<>();
        for (int depth = 0; depth < 200_000; depth++) {
            schema.add(
                    new SchemaElement("g")
                            .setNum_children(1)
                            .setRepetition_type(FieldRepetitionType.OPTIONAL));
        }
        schema.add(
                new SchemaElement("v")
                        .setType(Type.INT32)
                        .setRepetition_type(FieldRepetitionType.OPTIONAL));
        var footer = new ByteArrayOutputStream();
        Util.writeFileMetaData(new FileMetaData(1, schema, 0, List.of()), footer);
        byte[] magic = "PAR1".getBytes(StandardCharsets.US_ASCII);
        byte[] file =
                ByteBuffer.allocate(footer.size() + 12)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(magic)
                        .put(footer.toByteArray())
                        .putInt(footer.size())
                        .put(magic)
                        .array();
        try (ObjectStore store = ObjectStores.memory()) {
            store.put("deep", ObjectBody.of(file));
            assertThatThrownBy(() -> ParquetInput.open(store, DataFile.of("deep", file.length)))
                    .isInstanceOf(UnreadableFileException.class)
                    .hasMessageContaining("deep");
        }
    }
}
