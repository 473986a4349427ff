package dev.whence.query.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.whence.index.LakeFile;
import dev.whence.query.QueryException;
import dev.whence.query.lake.LakeReader;
import dev.whence.query.view.View;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The live files of a version, written as they are read from the index: there may be millions.
 *
 * <p>A list that fails half-way must not look whole: nothing closes what is open in the JSON, and
 * the stream is left as it is, to be broken off.
 */
final class FileList implements ExportBody.Writing {
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                    .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
                    .build();

    private final View view;
    private final LakeReader lake;
    private final OptionalInt datasetId;

    FileList(View view, LakeReader lake, OptionalInt datasetId) {
        this.view = view;
        this.lake = lake;
        this.datasetId = datasetId;
    }

    @Override
    public void to(OutputStream out) throws QueryException, IOException {
        try (Stream<LakeFile> files = view.files(datasetId);
                JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("version", view.number());
            json.writeArrayFieldStart("files");
            for (Iterator<LakeFile> each = files.iterator(); each.hasNext(); ) {
                write(json, each.next());
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private void write(JsonGenerator json, LakeFile file) throws IOException {
        json.writeStartObject();
        json.writeNumberField("file_id", file.fileId());
        json.writeNumberField("dataset_id", Integer.toUnsignedLong(file.datasetId()));
        json.writeStringField("key", file.key());
        json.writeStringField("location", lake.location(file.key()).toString());
        json.writeNumberField("rows", file.rows());
        json.writeNumberField("bytes", file.bytes());
        json.writeEndObject();
    }
}
