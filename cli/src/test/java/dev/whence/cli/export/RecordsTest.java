package dev.whence.cli.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordsTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final String[] PIECES = {"a", "\"\"", ",", "\r\n", "\n", "é", "#end ", "cursor"};

    @Test
    void splitsCsvWhereItsRecordsEnd() throws IOException {
        System.out.println("seed " + SEED);
        var random = new Random(SEED);
        for (int round = 0; round < 200; round++) {
            List<String> records =
                    IntStream.range(0, random.nextInt(10))
                            .mapToObj(_ -> field(random) + "," + field(random))
                            .toList();
            String text = records.stream().map(each -> each + "\r\n").collect(Collectors.joining());
            assertThat(read(text + "\"cut o", new CsvRecords())).isEqualTo(records);
        }
    }

    @Test
    void splitsNdjsonAtItsLines() throws IOException {
        assertThat(read("{\"a\":\"\\\"\"}\n{}\n{\"cut", new NdjsonRecords()))
                .containsExactly("{\"a\":\"\\\"\"}", "{}");
    }

    @Test
    void refusesARecordThatNeverEnds() {
        assertThatThrownBy(() -> read("\"" + "x\n".repeat(1 << 20), new CsvRecords()))
                .isInstanceOf(MalformedListException.class)
                .hasMessageContaining("a record of more than");
    }

    @Test
    void tellsEndsFromRows() throws IOException {
        assertThat(new CsvRecords().end("#end rows=3 version=9 next_cursor=-a_b,,"))
                .contains(new ListEnd(3, 9, "-a_b"));
        assertThat(new CsvRecords().end("'#end rows=3 version=9 next_cursor=,,")).isEmpty();
        assertThat(
                        new NdjsonRecords()
                                .end("{\"_end\":{\"rows\":3,\"version\":9,\"next_cursor\":null}}"))
                .contains(new ListEnd(3, 9, null));
        for (RecordFormat format : List.of(new CsvRecords(), new NdjsonRecords())) {
            for (String wrong :
                    new String[] {
                        "#end rows=x version=9 next_cursor=", "{\"_end\":{\"rows\":\"3\"}}"
                    }) {
                boolean isOwn = wrong.startsWith("#") == format.hasHeading();
                if (isOwn) {
                    assertThatThrownBy(() -> format.end(wrong))
                            .isInstanceOf(MalformedListException.class);
                }
            }
            for (String wrong : new String[] {"", "a", "{\"a\":1}", "a,not a cursor!", "[]"}) {
                assertThatThrownBy(() -> format.row(wrong))
                        .as(wrong)
                        .isInstanceOf(MalformedListException.class);
            }
        }
    }

    private static String field(Random random) {
        String text =
                IntStream.range(0, random.nextInt(6))
                        .mapToObj(_ -> PIECES[random.nextInt(PIECES.length)])
                        .collect(Collectors.joining());
        return '"' + text + '"';
    }

    private static List<String> read(String text, RecordFormat format) throws IOException {
        var records =
                new Records(
                        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), format);
        var read = new ArrayList<String>();
        for (Optional<String> each = records.next(); each.isPresent(); each = records.next()) {
            read.add(each.get());
        }
        return read;
    }
}
