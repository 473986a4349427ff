package dev.whence.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SourceFormatTest {

    @Test
    void isSaidByTheFilesName() {
        assertThat(SourceFormat.ofFileName("a/x.csv.gz")).isEqualTo(SourceFormat.CSV);
        assertThat(SourceFormat.ofFileName("X.NDJSON")).isEqualTo(SourceFormat.NDJSON);
        assertThat(SourceFormat.ofFileName("x.jsonl.zst")).isEqualTo(SourceFormat.NDJSON);
        assertThat(SourceFormat.ofFileName("x.cdx")).isEqualTo(SourceFormat.CDX);
        assertThat(SourceFormat.ofFileName("x.cdxj.gz")).isEqualTo(SourceFormat.CDXJ);
        assertThat(SourceFormat.ofFileName("x.parquet")).isEqualTo(SourceFormat.PARQUET);
        assertThat(SourceFormat.ofFileName("x.txt.gz")).isEqualTo(SourceFormat.TEXT);
        assertThat(SourceFormat.ofFileName("-")).isEqualTo(SourceFormat.TEXT);
    }

    @Test
    void isFoundByItsNameInBatches() {
        for (SourceFormat format : SourceFormat.values()) {
            assertThat(SourceFormat.of(format.text())).isEqualTo(format);
        }
        assertThatThrownBy(() -> SourceFormat.of("xml"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no format 'xml'; there are text, csv, ndjson, cdx, cdxj, parquet");
    }
}
