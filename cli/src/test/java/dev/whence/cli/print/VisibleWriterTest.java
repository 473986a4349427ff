package dev.whence.cli.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class VisibleWriterTest {
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new VisibleWriter(new PrintWriter(written), true);

    @Test
    void nothingThatIsPrintedIsObeyedWhicheverWay() {
        out.print("a\u001b[2J");
        out.println('\u009b');
        out.print(new char[] {'\u202e', 'b'});
        out.printf("%s%n", "\u001b");
        out.append("\u0007", 0, 1).append('\u0008');
        out.write("x\u001by", 1, 2);
        out.println((Object) "\rc");
        assertThat(written.toString())
                .isEqualTo("a\\u001b[2J\\u009b\n\\u202eb\\u001b\n\\u0007\\u0008\\u001by\\u000dc\n");
    }

    @Test
    void linesTabsAndOtherAlphabetsStay() {
        String text = "a\tb\n\u00fc 例え 🎈\r\n";
        out.print(text);
        out.flush();
        assertThat(written).hasToString(text);
    }

    @Test
    void whatTheProgramItselfMeansIsObeyed() {
        VisibleWriter.obeyed(out, "\u001b[1m");
        out.println("heading");
        assertThat(written).hasToString("\u001b[1mheading\n");
    }
}
