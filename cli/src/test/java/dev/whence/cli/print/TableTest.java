package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void endsLinesWhereTheScreenDoes() {
        assertThat(printed(Screen.of("20", Map.of("NO_COLOR", "1"))))
                .isEqualTo(" URLS  DATASET\n1,000  a-name-of-ma…\n");
    }

    @Test
    void cutsNothingAndColoursNothingWhereNoTerminalIs() {
        assertThat(printed(Screen.of("", Map.of())))
                .isEqualTo(" URLS  DATASET\n1,000  a-name-of-many-letters\n");
        assertThat(Screen.of("0", Map.of()).columns()).isEqualTo(Screen.UNBOUNDED);
        assertThat(Screen.of("wide", Map.of()).columns()).isEqualTo(Screen.UNBOUNDED);
        assertThat(Screen.of("3", Map.of()).columns()).isEqualTo(20);
    }

    @Test
    void coloursHeadingsUnlessAskedNotTo() {
        assertThat(printed(Screen.of("80", Map.of())))
                .startsWith("\u001b[1m URLS  DATASET\u001b[0m");
        assertThat(printed(Screen.of("80", Map.of("NO_COLOR", "1")))).startsWith(" URLS");
        assertThat(printed(Screen.of("80", Map.of("TERM", "dumb")))).startsWith(" URLS");
    }

    private static String printed(Screen screen) {
        var table = new Table("URLS", "DATASET");
        table.add(1_000, "a-name-of-many-letters");
        var out = new StringWriter();
        try (var printer = new PrintWriter(out)) {
            table.print(printer, screen);
        }
        return out.toString();
    }
}
