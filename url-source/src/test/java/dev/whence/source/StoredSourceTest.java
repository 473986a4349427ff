package dev.whence.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.whence.store.ObjectBody;
import dev.whence.store.ObjectNotFoundException;
import dev.whence.store.ObjectStore;
import dev.whence.store.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class StoredSourceTest {

    @Test
    void isReadAsALocalFileIs() throws IOException {
        Path parquet = Sources.shared("conformance/parquet-testing/data/alltypes_plain.parquet");
        try (ObjectStore store = ObjectStores.memory()) {
            store.put(
                    "raw/list.gz",
                    ObjectBody.of(Sources.gzip("http://a/".getBytes(StandardCharsets.UTF_8))));
            store.put("raw/x.parquet", ObjectBody.of(Files.readAllBytes(parquet)));
            assertThat(
                            Sources.readAll(
                                    UrlSources.open(
                                            store, "raw/list.gz", SourceFormat.TEXT, "url")))
                    .extracting(Sources.Found::url)
                    .containsExactly("http://a/");
            assertThat(
                            Sources.readAll(
                                    UrlSources.open(
                                            store,
                                            "raw/x.parquet",
                                            SourceFormat.PARQUET,
                                            "string_col")))
                    .isNotEmpty()
                    .isEqualTo(
                            Sources.readAll(
                                    UrlSources.open(parquet, SourceFormat.PARQUET, "string_col")));
        }
    }

    @Test
    void saysThatAnObjectIsNotThere() {
        try (ObjectStore store = ObjectStores.memory()) {
            for (SourceFormat format : SourceFormat.values()) {
                assertThatThrownBy(() -> UrlSources.open(store, "raw/none", format, "url"))
                        .isInstanceOf(ObjectNotFoundException.class)
                        .hasMessageContaining("raw/none");
            }
        }
    }
}
