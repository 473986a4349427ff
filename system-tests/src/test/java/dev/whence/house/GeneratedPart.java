package dev.whence.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The part of a page that is made from the code, between two comments. {@code ./whence docs} renews
 * it; every other run of the tests compares.
 */
final class GeneratedPart {
    private static final Path ROOT = Path.of(System.getProperty("whence.root"));
    private static final boolean RENEW = "renew".equals(System.getProperty("whence.docs"));

    private GeneratedPart() {}

    /**
     * Holds a file to what the code says.
     *
     * @param file from the project's root
     * @param begin the line before the part, whole
     * @param end the line behind it; empty for the end of the file
     */
    static void hold(String file, String begin, String end, String content) throws IOException {
        Path page = ROOT.resolve(file);
        String text = Files.readString(page);
        int from = text.indexOf(begin + "\n");
        int to = end.isEmpty() ? text.length() : text.indexOf("\n" + end, from);
        assertThat(from).as("'%s' in %s", begin, file).isNotNegative();
        assertThat(to).as("'%s' in %s", end, file).isNotNegative();
        String expected =
                text.substring(0, from + begin.length() + 1) + content + text.substring(to);
        if (RENEW) {
            Files.writeString(page, expected);
        }
        assertThat(Files.readString(page))
                .as("%s is not what the code says any more; ./whence docs renews it", file)
                .isEqualTo(expected);
    }
}
