package dev.whence.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.whence.ingest.BatchFields.Field;
import dev.whence.source.SourceFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What is written for producers is what ingest reads. */
class BatchPageTest {
    private static final Path FORMATS =
            Path.of(System.getProperty("whence.root"), "docs", "format");

    private static String page() throws IOException {
        return Files.readString(FORMATS.resolve("batch.md"));
    }

    @Test
    void everyExampleOfABatchIsTaken() throws Exception {
        List<String> examples =
                Pattern.compile("(\\{\"dataset\".*})")
                        .matcher(page())
                        .results()
                        .map(match -> match.group(1))
                        .toList();
        assertThat(examples).hasSize(8);
        var batches = new ArrayList<Batch>();
        for (String example : examples) {
            batches.add(
                    new BatchReader(BatchLimits.DEFAULT)
                            .read(
                                    example.getBytes(StandardCharsets.UTF_8),
                                    null,
                                    new RecordingSink()));
        }
        assertThat(batches).extracting(Batch::dataset).containsOnly("c4", "crawl");
    }

    @Test
    void everyFieldAndFormatIsExplained() throws Exception {
        assertThat(Arrays.stream(Field.values()).map(field -> "`" + field.text() + "`"))
                .allSatisfy(field -> assertThat(page()).contains(field));
        assertThat(Arrays.stream(SourceFormat.values()).map(format -> "`" + format.text() + "`"))
                .allSatisfy(format -> assertThat(page()).contains(format));
    }

    @Test
    void theSchemaHasTheSameFieldsAndFormats() throws Exception {
        JsonNode schema =
                new ObjectMapper().readTree(FORMATS.resolve("batch.schema.json").toFile());
        assertThat(schema.get("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Field.values()).map(Field::text).toList());
        assertThat(schema.at("/properties/format/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(SourceFormat.values()).map(SourceFormat::text).toList());
        assertThat(schema.at("/properties/objects/maxItems").asInt())
                .isEqualTo(BatchLimits.DEFAULT.objects());
        assertThat(
                        schema.at("/properties/urls/items/oneOf/1/properties/extras/maxProperties")
                                .asInt())
                .isEqualTo(BatchLimits.DEFAULT.extras());
    }
}
