package dev.whence.url;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The data that lies beside the project; a test that needs what is absent is skipped. */
final class Shared {
    private Shared() {}

    /** Where the project's own files are. */
    static Path root() {
        return Path.of(System.getProperty("whence.root", ".."));
    }

    static Path file(String path) {
        Path file = root().resolve("../shared").resolve(path);
        assumeThat(file).as("../shared/%s is absent, so this is not tested", path).exists();
        return file;
    }

    /** Calls {@code url} with the bytes of each line of each demo list. */
    static void eachDemoUrl(Consumer<byte[]> url) throws IOException {
        List<Path> lists;
        try (Stream<Path> files = Files.list(file("data/demo"))) {
            lists = files.filter(f -> f.toString().endsWith(".txt.gz")).sorted().toList();
        }
        assumeThat(lists).as("../shared/data/demo holds no lists").isNotEmpty();
        for (Path list : lists) {
            try (InputStream in = new GZIPInputStream(Files.newInputStream(list))) {
                eachLine(in.readAllBytes(), url);
            }
        }
    }

    private static void eachLine(byte[] text, Consumer<byte[]> line) {
        int start = 0;
        for (int at = 0; at <= text.length; at++) {
            if (at == text.length || text[at] == '\n') {
                if (at > start) {
                    line.accept(Arrays.copyOfRange(text, start, at));
                }
                start = at + 1;
            }
        }
    }

    /** Calls {@code url} with every {@code step}-th URL of the large data, read with zstd. */
    static void eachScaleUrl(int step, Consumer<byte[]> url) throws IOException {
        Process zstd =
                new ProcessBuilder(
                                "zstd", "-dc", "--long=27", file("data/scale.tsv.zst").toString())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        // Bytes as characters, so that lines that are not UTF-8 stay what they are.
        try (BufferedReader lines = zstd.inputReader(StandardCharsets.ISO_8859_1)) {
            int n = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (n++ % step == 0) {
                    String second = line.substring(line.indexOf('\t') + 1);
                    url.accept(second.getBytes(StandardCharsets.ISO_8859_1));
                }
            }
            assumeThat(n).as("zstd gave no lines of ../shared/data/scale.tsv.zst").isPositive();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            zstd.destroy();
        }
    }
}
